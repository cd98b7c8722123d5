import type { Destination, IstioObjects } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { internalCluster, processCluster } from './clusters';
import { authorizerCluster } from './ext-authz-filters';
import { ingressListener } from './ingress';
import { insideListener } from './inside';
import type { KeysOf } from './jwt-filter';
import { objectsNear } from './objects-near';
import { sidecarListener, type Sidecar } from './sidecar';

/** What Envoy is to enforce, and what is around it. */
export interface EnvoyPlan {
  readonly objects: IstioObjects;
  /** Port of the ingress on 127.0.0.1. */
  readonly port: number;
  /** Port on 127.0.0.1 for callers inside the cluster, who name their own identity. @default - none */
  readonly insidePort?: number;
  readonly keysOf: KeysOf;
  /** Base URL of a workload; undefined while it is down. */
  readonly upstreamOf: (destination: Destination) => string | undefined;
  /** Base URL of each external authorizer that is there, by name. @default {} */
  readonly authorizers?: Readonly<Record<string, string>>;
}

/** The parts of Envoy's configuration. */
export interface EnvoyResources {
  /** Listeners that others can reach. */
  readonly doors: readonly JsonObject[];
  /** Listeners inside the process, one for each workload. */
  readonly sidecars: readonly JsonObject[];
  readonly clusters: readonly JsonObject[];
}

/** Makes Envoy's configuration of Istio objects: an ingress and a sidecar for each workload, as Istio's control plane does. Pure. */
export function envoyResources(plan: EnvoyPlan): EnvoyResources {
  const { objects } = plan;
  const planned = planSidecars(plan);
  const near = objectsNear(objects);
  const nameAt = (destination: Destination): string => planned.nameOf.get(keyOf(destination)) ?? '';
  const inside = plan.insidePort === undefined ? [] : [insideListener(plan.insidePort, planned.destinations, nameAt)];
  return {
    doors: [ingressListener(objects, plan.port, nameAt), ...inside],
    sidecars: planned.sidecars.map((sidecar) => sidecarListener(sidecar, near(sidecar.workload), plan.keysOf)),
    clusters: [
      ...planned.sidecars.map(({ name }) => internalCluster(name, name)),
      ...planned.sidecars.map(({ cluster, url }) => processCluster(cluster, url)),
      ...authorizerClusters(plan),
    ],
  };
}

/** What may change while Envoy runs, as one text: addresses of workloads and keys of issuers. */
export function changingParts({ objects, upstreamOf, keysOf }: EnvoyPlan): string {
  const addresses = objects.virtualServices.flatMap(({ http }) => http.map(({ destination }) => upstreamOf(destination) ?? ''));
  const rules = new Map(objects.requestAuthentications.flatMap(({ jwtRules }) => jwtRules.map((rule) => [rule.issuer, rule])));
  return JSON.stringify([addresses, [...rules.values()].map(keysOf)]);
}

function authorizerClusters({ objects, authorizers = {} }: EnvoyPlan): JsonObject[] {
  const custom = objects.authorizationPolicies.filter(({ action }) => action === 'CUSTOM');
  const names = [...new Set(custom.map(({ provider = '' }) => provider))];
  return names.map((name) => processCluster(authorizerCluster(name), authorizers[name]));
}

interface Planned {
  readonly destinations: readonly Destination[];
  readonly sidecars: readonly (Sidecar & { readonly url: string | undefined })[];
  /** Name of the sidecar by destination. */
  readonly nameOf: ReadonlyMap<string, string>;
}

/** Destinations of one workload share a sidecar as long as the same process answers them. */
function planSidecars({ objects, upstreamOf }: EnvoyPlan): Planned {
  const destinations = new Map(
    objects.virtualServices.flatMap(({ http }) => http.map(({ destination }) => [keyOf(destination), destination])),
  );
  const sidecars = new Map<string, Planned['sidecars'][number]>();
  const nameOf = new Map<string, string>();
  for (const [key, destination] of destinations) {
    const url = upstreamOf(destination);
    const { workload } = destination;
    const place = JSON.stringify([workload.namespace, Object.entries(workload.labels).sort(), url]);
    const name = `sidecar-${sidecars.size}-${workload.namespace}-${destination.service}`;
    const pathPrefix = url === undefined ? '' : new URL(url).pathname.replace(/\/+$/, '');
    const sidecar = sidecars.get(place) ?? { name, workload, cluster: `process-of-${name}`, pathPrefix, url };
    sidecars.set(place, sidecar);
    nameOf.set(key, sidecar.name);
  }
  return { destinations: [...destinations.values()], sidecars: [...sidecars.values()], nameOf };
}

function keyOf({ namespace, service, port, workload }: Destination): string {
  return JSON.stringify([namespace, service, port, workload.labels]);
}
