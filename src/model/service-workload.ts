import type { Destination, Workload } from './istio';
import type { ServiceFacts } from './read-services';

/** Label that stands for the unknown selector of a Service that is not in the input. No Pod carries it. */
export const assumedLabel = 'kyma-guard.local/assumed-service';

/** Pods behind a Service; taken to be the ones of that name when the input does not tell. */
export function workloadOf(services: ServiceIndex, namespace: string, service: string): Workload {
  const facts = serviceFacts(services, namespace, service);
  if (!facts) return { namespace, labels: { [assumedLabel]: service }, assumed: true };
  const { podLabels: labels, mixedLabels, variants } = facts;
  return {
    ...{ namespace, labels, assumed: false },
    ...(mixedLabels && { mixedLabels }),
    ...(variants && { variants: variants.map((variant) => ({ namespace, labels: variant, assumed: false })) }),
  };
}

/** Selector that the controller copies from the Service into policies. */
export function selectorOf(services: ServiceIndex, namespace: string, service: string): Readonly<Record<string, string>> {
  return serviceFacts(services, namespace, service)?.selector ?? { [assumedLabel]: service };
}

/** Destination of a route to a port of a Service. */
export function destinationOf(services: ServiceIndex, namespace: string, service: string, port: number): Destination {
  return { namespace, service, port, workload: workloadOf(services, namespace, service) };
}

/** Services by `namespace/name`. */
export type ServiceIndex = ReadonlyMap<string, ServiceFacts>;

/** Makes Services findable. One without a selector is left out: it names no Pods of its own. */
export function indexServices(services: readonly ServiceFacts[]): ServiceIndex {
  const named = services.filter(({ selector }) => Object.keys(selector).length > 0);
  return new Map(named.map((service) => [`${service.namespace}/${service.name}`, service]));
}

function serviceFacts(services: ServiceIndex, namespace: string, name: string): ServiceFacts | undefined {
  return services.get(`${namespace}/${name}`);
}

/** The Pods of a workload that may be treated differently; itself when they are all alike. */
export function variantsOf(workload: Workload): readonly Workload[] {
  return workload.variants ?? [workload];
}
