import { groupOf } from '../../model/duplicate-objects';
import { objectAt, objectsAt, textOf } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';
import { namespaceOf } from '../../model/object-ref';
import { groupBy } from '../../model/group-by';
import type { LiveCheck, LiveInput } from './finding';

export const podWithoutSidecar: LiveCheck = {
  id: 'pod-without-sidecar',
  severity: 'high',
  title: 'Every Pod behind an APIRule has the Istio sidecar',
  why: 'The sidecar checks tokens and policies. A Pod without it answers everybody who reaches it, and the controller keeps the APIRule in state Error.',
  fix: 'Label the Pod template sidecar.istio.io/inject: "true" or the namespace istio-injection: enabled, and start the Pods anew.',
  check: (input) =>
    barePods(input).map(({ pod, service }) => ({
      manifest: pod,
      message: `belongs to Service ${service} and has no container istio-proxy`,
    })),
};

/** Services (`namespace/name`) of which a running Pod has no sidecar, so that nothing is enforced there. */
export function servicesWithoutSidecar(input: LiveInput): ReadonlySet<string> {
  return new Set(barePods(input).map(({ service }) => service));
}

/** Running Pods without the proxy, each with a Service that leads to it. */
function barePods(input: LiveInput): { readonly pod: Manifest; readonly service: string }[] {
  const targets = groupBy(targetsOf(input), ({ namespace }) => namespace);
  return input.manifests
    .filter((manifest) => isRunningPod(manifest) && !hasSidecar(manifest))
    .flatMap((pod) => {
      const here = targets.get(namespaceOf(pod)) ?? [];
      const services = here.filter(({ labels }) => carries(pod, labels)).map(({ name }) => name);
      return services.map((service) => ({ pod, service }));
    });
}

/** True when a container, or a native sidecar among the init containers, is the proxy. */
export function hasSidecar({ body }: Pick<Manifest, 'body'>): boolean {
  const spec = objectAt(body, 'spec');
  const containers = [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')];
  return containers.some(([container]) => container['name'] === 'istio-proxy');
}

/** A Pod that is done gets no request. */
function isRunningPod(manifest: Manifest): boolean {
  const phase = textOf(objectAt(manifest.body, 'status')['phase']);
  return manifest.kind === 'Pod' && groupOf(manifest) === '' && phase !== 'Succeeded' && phase !== 'Failed';
}

interface Target {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Services that routes lead to. */
function targetsOf({ cluster, objects }: LiveInput): Target[] {
  const reached = new Set(
    objects.virtualServices.flatMap(({ http }) => http.map(({ destination: { namespace, service } }) => `${namespace}/${service}`)),
  );
  return cluster.services
    .filter(({ namespace, name, selector }) => reached.has(`${namespace}/${name}`) && Object.keys(selector).length > 0)
    .map(({ namespace, name, selector }) => ({ namespace, name: `${namespace}/${name}`, labels: selector }));
}

function carries(pod: Manifest, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([key, value]) => pod.labels[key] === value);
}
