import type { JsonObject } from '../../src/model/json';
import { listAt, objectAt, objectsAt, textOf } from '../../src/model/json-fields';

/** One control of the restricted standard: what it forbids in a Pod spec. */
interface Control {
  readonly name: string;
  /** Fields that break it. */
  readonly breaches: (pod: JsonObject) => readonly string[];
}

const containersOf = (pod: JsonObject): JsonObject[] =>
  ['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) => objectsAt(pod, list).map(([container]) => container));
const contexts = (pod: JsonObject): JsonObject[] => [pod, ...containersOf(pod)].map((one) => objectAt(one, 'securityContext'));
const inContainers = (pod: JsonObject, isBreach: (context: JsonObject, container: JsonObject) => boolean, field: string): string[] =>
  containersOf(pod).flatMap((container) => (isBreach(objectAt(container, 'securityContext'), container) ? [field] : []));
const volumeKinds = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];
const seccompTypes = ['RuntimeDefault', 'Localhost'];
const safeSysctls = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
];

/** The baseline and the restricted policy, control by control. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export const restrictedControls: readonly Control[] = [
  {
    name: 'HostProcess',
    breaches: (pod) => contexts(pod).flatMap((one) => (objectAt(one, 'windowsOptions')['hostProcess'] === true ? ['hostProcess'] : [])),
  },
  { name: 'Host Namespaces', breaches: (pod) => ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => pod[field] === true) },
  { name: 'Privileged Containers', breaches: (pod) => inContainers(pod, ({ privileged }) => privileged === true, 'privileged') },
  {
    name: 'Capabilities',
    breaches: (pod) =>
      inContainers(
        pod,
        (context) => {
          const capabilities = objectAt(context, 'capabilities');
          return !listAt(capabilities, 'drop').includes('ALL') || listAt(capabilities, 'add').some((one) => one !== 'NET_BIND_SERVICE');
        },
        'capabilities',
      ),
  },
  {
    name: 'HostPath Volumes',
    breaches: (pod) => objectsAt(pod, 'volumes').flatMap(([volume]) => ('hostPath' in volume ? ['hostPath'] : [])),
  },
  {
    name: 'Host Ports',
    breaches: (pod) =>
      inContainers(pod, (_, container) => objectsAt(container, 'ports').some(([port]) => Number(port['hostPort'] ?? 0) !== 0), 'hostPort'),
  },
  {
    name: 'SELinux',
    breaches: (pod) => contexts(pod).flatMap((one) => ['user', 'role'].filter((field) => field in objectAt(one, 'seLinuxOptions'))),
  },
  {
    name: '/proc Mount Type',
    breaches: (pod) => inContainers(pod, ({ procMount }) => (procMount ?? 'Default') !== 'Default', 'procMount'),
  },
  {
    name: 'Seccomp',
    breaches: (pod) => {
      const typeOf = (one: JsonObject) => objectAt(objectAt(one, 'securityContext'), 'seccompProfile')['type'];
      return containersOf(pod).flatMap((container) =>
        seccompTypes.includes(textOf(typeOf(container) ?? typeOf(pod))) ? [] : ['seccompProfile'],
      );
    },
  },
  {
    name: 'Sysctls',
    breaches: (pod) =>
      objectsAt(objectAt(pod, 'securityContext'), 'sysctls').flatMap(([{ name }]) =>
        safeSysctls.includes(textOf(name)) ? [] : ['sysctls'],
      ),
  },
  {
    name: 'Volume Types',
    breaches: (pod) =>
      objectsAt(pod, 'volumes').flatMap(([volume]) => Object.keys(volume).filter((key) => key !== 'name' && !volumeKinds.includes(key))),
  },
  {
    name: 'Privilege Escalation',
    breaches: (pod) => inContainers(pod, ({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false, 'allowPrivilegeEscalation'),
  },
  {
    name: 'Running as Non-root',
    breaches: (pod) =>
      inContainers(pod, ({ runAsNonRoot }) => (runAsNonRoot ?? objectAt(pod, 'securityContext')['runAsNonRoot']) !== true, 'runAsNonRoot'),
  },
  { name: 'Running as Non-root user', breaches: (pod) => contexts(pod).flatMap(({ runAsUser }) => (runAsUser === 0 ? ['runAsUser'] : [])) },
];
