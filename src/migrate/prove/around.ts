import { findCluster, type Cluster } from '../../model/cluster';
import { groupBy } from '../../model/group-by';
import type { AuthorizationPolicy, Destination, IstioObjects, RequestAuthentication, VirtualService, Workload } from '../../model/istio';
import type { Manifest } from '../../model/manifest';
import { namespaceOf } from '../../model/object-ref';
import { isApiRule } from '../../model/read-api-rules';
import type { ServiceFacts } from '../../model/read-services';
import { indexSelections } from '../../model/search/selection-index';
import { indexServices, type ServiceIndex } from '../../model/service-workload';
import { translate } from '../../model/translate';

/** Label with which the old controller marked what it made: name and namespace of the APIRule, with a dot between. */
const oldOwnerLabel = 'apirule.gateway.kyma-project.io/v1beta1';

/** Who made the policies that an earlier run of a migration wrote. */
const ownLabel = 'kyma-guard';

/** The input beside the APIRules that migrate, read once for all groups. */
export interface Around {
  readonly domains: Cluster['domains'];
  readonly services: ServiceIndex;
  /** What selects the Pods of a workload, hand-made or of an APIRule v2. */
  readonly objectsAt: (workload: Workload) => Pick<IstioObjects, 'authorizationPolicies' | 'requestAuthentications'>;
  /** Routes that lead to the Pods of a Service. */
  readonly routesTo: (destination: Destination) => readonly VirtualService[];
  /** Routes of a host. */
  readonly routesOf: (host: string) => readonly VirtualService[];
  /** What could not be read of Istio objects of a namespace. */
  readonly problemsIn: (namespace: string) => readonly string[];
  /** `namespace/name` of the APIRule that made an object, or this program; absent on hand-made ones. */
  readonly ownerOf: (object: Made) => string | undefined;
}

/**
 * Reads manifests that stand beside the APIRules that migrate. Objects that the old controller made of them are left out: the old model says
 * what they did, and they go with the old APIRules. Those of an APIRule that is not in the input stay, since nothing removes them.
 *
 * @param domain Completes hosts of one label. @default - the wildcard host of the Gateway, if it is there
 */
export function readAround(manifests: readonly Manifest[], domain?: string): Around {
  const owners = new Set(manifests.filter(isApiRule).map((manifest) => `${manifest.name}.${namespaceOf(manifest)}`));
  const kept = manifests.filter(({ labels }) => !owners.has(labels[oldOwnerLabel] ?? ''));
  const { cluster, found } = findCluster(kept, domain === undefined ? {} : { domain });
  const objects = translate(cluster);
  const policies = indexSelections(objects.authorizationPolicies, ({ origin }) => origin !== undefined);
  const authentications = indexSelections(objects.requestAuthentications, ({ apiRule }) => apiRule !== undefined);
  const problems = groupBy(
    found.filter(({ manifest }) => istioKinds.has(manifest.kind)),
    ({ manifest }) => namespaceOf(manifest),
  );
  const own = new Set(kept.filter(({ labels }) => labels['app.kubernetes.io/managed-by'] === ownLabel).map(policyName));
  return {
    domains: cluster.domains,
    services: indexServices(cluster.services),
    objectsAt: (workload) => ({
      authorizationPolicies: policies.near(workload),
      requestAuthentications: authentications.near(workload),
    }),
    ...routeFinders(objects.virtualServices),
    problemsIn: (namespace) =>
      (problems.get(namespace) ?? []).map(({ manifest, message }) => `${manifest.kind} ${namespace}/${manifest.name}: ${message}`),
    ownerOf: (object) => cluster.owners.get(object) ?? madeBy(object) ?? (own.has(nameOf(object)) ? ownLabel : undefined),
  };
}

const istioKinds = new Set(['VirtualService', 'AuthorizationPolicy', 'RequestAuthentication']);

function routeFinders(all: readonly VirtualService[]): Pick<Around, 'routesTo' | 'routesOf'> {
  const byPods = new Map<string, Set<VirtualService>>();
  const byHost = new Map<string, Set<VirtualService>>();
  const add = (index: Map<string, Set<VirtualService>>, key: string, one: VirtualService): void => {
    index.set(key, (index.get(key) ?? new Set()).add(one));
  };
  for (const one of all) {
    for (const { destination } of one.http) add(byPods, podsOf(destination), one);
    for (const host of one.hosts) add(byHost, host.toLowerCase(), one);
  }
  return {
    routesTo: (destination) => [...(byPods.get(podsOf(destination)) ?? [])],
    routesOf: (host) => [...(byHost.get(host) ?? [])],
  };
}

function podsOf({ workload: { namespace, labels } }: Destination): string {
  return JSON.stringify([namespace, Object.entries(labels).sort()]);
}

function nameOf(object: Made): string {
  return 'action' in object ? `${object.namespace}/${object.name}` : '';
}

/** Of other kinds none is written. */
function policyName(manifest: Manifest): string {
  return manifest.kind === 'AuthorizationPolicy' ? `${namespaceOf(manifest)}/${manifest.name}` : '-';
}

function madeBy(object: Made): string | undefined {
  if ('http' in object) return object.http.find(({ origin }) => origin)?.origin?.apiRule;
  return 'jwtRules' in object ? object.apiRule : object.origin?.apiRule;
}

/** Services of an index by name. */
export function servicesNamed(index: ServiceIndex, names: ReadonlySet<string>): ServiceFacts[] {
  return [...names].flatMap((name) => index.get(name) ?? []);
}

/** An object that a controller or a person made. */
export type Made = AuthorizationPolicy | RequestAuthentication | VirtualService;

/** Policies and token checks on the Pods of some Services, each once. */
export function near(
  around: Around,
  destinations: readonly Destination[],
  counts: (object: Made) => boolean,
): Pick<IstioObjects, 'authorizationPolicies' | 'requestAuthentications'> {
  const all = destinations.map(({ workload }) => around.objectsAt(workload));
  return {
    authorizationPolicies: [...new Set(all.flatMap((one) => one.authorizationPolicies))].filter(counts),
    requestAuthentications: [...new Set(all.flatMap((one) => one.requestAuthentications))].filter(counts),
  };
}
