import { closest } from '../model/closest';
import { groupOf } from '../model/duplicate-objects';
import type { Manifest } from '../model/manifest';

/** The kinds of groups in which rules look for something. */
const kindsOf: Readonly<Record<string, readonly string[]>> = {
  'gateway.kyma-project.io': ['APIRule', 'RateLimit', 'ExternalGateway'],
  'serverless.kyma-project.io': ['Function', 'GitRepository'],
  'services.cloud.sap.com': ['ServiceInstance', 'ServiceBinding'],
  'networking.istio.io': [
    ...['VirtualService', 'Gateway', 'DestinationRule', 'ServiceEntry', 'Sidecar'],
    ...['WorkloadEntry', 'WorkloadGroup', 'EnvoyFilter', 'ProxyConfig'],
  ],
  'security.istio.io': ['AuthorizationPolicy', 'RequestAuthentication', 'PeerAuthentication'],
  apps: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ControllerRevision'],
  '': [
    ...['Service', 'Namespace', 'Secret', 'Pod', 'ConfigMap', 'ServiceAccount', 'Node', 'Event', 'Endpoints', 'Binding', 'PodTemplate'],
    ...['PersistentVolume', 'PersistentVolumeClaim', 'ReplicationController', 'ResourceQuota', 'LimitRange', 'ComponentStatus', 'List'],
  ],
};

/** Groups in which other programs put documents that are no objects, such as the configuration of kubectl. */
const shared: ReadonlySet<string> = new Set(['', 'apps']);

const groups = Object.keys(kindsOf).filter((group) => group !== '');

/** What the author of an object probably meant. */
export interface MeantKind {
  readonly group: string;
  readonly kind: string;
  /** What of the object is to be written otherwise. */
  readonly member: 'apiVersion' | 'kind';
}

/**
 * The kind that an object was meant to be which no cluster knows as it is written; a rule that looks for the right name would pass it over.
 * @returns undefined for objects of kinds that exist, or that may exist for all that is known here
 */
export function meantKind({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): MeantKind | undefined {
  const group = groupOf({ apiVersion });
  const kinds = kindsOf[group];
  if (kinds?.includes(kind) === true) return undefined;
  if (kinds && !(group === '' && apiVersion.includes('.'))) return inGroup(group, kind, kinds) ?? elsewhere(group, kind);
  return nearGroup(group === '' ? apiVersion : group, kind);
}

function inGroup(group: string, kind: string, kinds: readonly string[]): MeantKind | undefined {
  const near = closest(kind, kinds);
  if (near === undefined || Math.abs(near.length - kind.length) > 2) return undefined;
  return { group, kind: near, member: 'kind' };
}

/** The kind is that of another group. */
function elsewhere(group: string, kind: string): MeantKind | undefined {
  const home = shared.has(group) ? undefined : groups.find((other) => kindsOf[other]?.includes(kind));
  return home === undefined ? undefined : { group: home, kind, member: 'apiVersion' };
}

function nearGroup(group: string, kind: string): MeantKind | undefined {
  const near = closest(group, groups);
  if (near === undefined || Math.abs(near.length - group.length) > 4) return undefined;
  const meant = closest(kind, kindsOf[near] ?? []);
  return meant === undefined ? undefined : { group: near, kind: meant, member: 'apiVersion' };
}
