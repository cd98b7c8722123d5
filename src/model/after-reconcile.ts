import type { Cluster } from './cluster';
import { comparableAuthentication, comparablePolicy, comparableService, type Comparable } from './comparable-istio';
import type { AuthorizationPolicy, IstioObjects, RequestAuthentication, VirtualService } from './istio';
import { toPlainJson } from './plain-json';
import { assumedLabel } from './service-workload';
import { shortDigest } from './short-digest';
import { translate } from './translate';

/** A cluster as it will be after the controller has looked at its APIRules once more. */
export interface Reconciled {
  readonly cluster: Cluster;
  /** APIRules (`namespace/name`) whose objects in the input are not what the controller makes of them now. */
  readonly changed: readonly string[];
}

/**
 * Labels say that the controller made an object, and it writes such objects anew whenever they are not what their APIRule says: what stands in
 * them holds until then and no longer.
 *
 * @param except APIRules that the controller refuses, so that their objects stay
 * @returns undefined when the objects of the input are what the controller would make, or there are none
 */
export function afterReconcile(cluster: Cluster, except: ReadonlySet<string> = new Set()): Reconciled | undefined {
  const names = cluster.apiRules.map(({ namespace, name }) => `${namespace}/${name}`).filter((name) => !except.has(name));
  const owned = new Set([...cluster.owners.values(), ...cluster.realized]);
  const candidates = new Set(names.filter((name) => owned.has(name)));
  if (candidates.size === 0) return undefined;
  const changed = changedOf(cluster, candidates);
  if (changed.size === 0) return undefined;
  const stays = (object: object): boolean => !changed.has(cluster.owners.get(object) ?? '');
  const istio = {
    virtualServices: cluster.istio.virtualServices.filter(stays),
    requestAuthentications: cluster.istio.requestAuthentications.filter(stays),
    authorizationPolicies: cluster.istio.authorizationPolicies.filter(stays),
  };
  const realized = new Set([...cluster.realized].filter((name) => !changed.has(name)));
  return { cluster: { ...cluster, istio, realized }, changed: [...changed] };
}

function changedOf(cluster: Cluster, candidates: ReadonlySet<string>): ReadonlySet<string> {
  const apiRules = cluster.apiRules.filter(({ namespace, name }) => candidates.has(`${namespace}/${name}`));
  const none = { virtualServices: [], requestAuthentications: [], authorizationPolicies: [] };
  const expected = byOwner(translate({ ...cluster, apiRules, istio: none, realized: new Set() }), originOf);
  const actual = byOwner(cluster.istio, (object) => cluster.owners.get(object));
  return new Set([...candidates].filter((name) => !areAlike(actual.get(name) ?? [], expected.get(name) ?? [])));
}

type Made = VirtualService | RequestAuthentication | AuthorizationPolicy;

function originOf(object: Made): string | undefined {
  if ('http' in object) return object.http.find(({ origin }) => origin)?.origin?.apiRule;
  return 'jwtRules' in object ? object.apiRule : object.origin?.apiRule;
}

function byOwner(
  { virtualServices, requestAuthentications, authorizationPolicies }: IstioObjects,
  ownerOf: (object: Made) => string | undefined,
) {
  const found = new Map<string, Comparable[]>();
  const add = (object: Made, comparable: Comparable): void => {
    const owner = ownerOf(object);
    if (owner !== undefined) found.set(owner, [...(found.get(owner) ?? []), comparable]);
  };
  for (const one of virtualServices) add(one, comparableService(one));
  for (const one of requestAuthentications) add(one, comparableAuthentication(one));
  for (const one of authorizationPolicies) add(one, comparablePolicy(one));
  return found;
}

function areAlike(actual: readonly Comparable[], expected: readonly Comparable[]): boolean {
  // The selector of a Service that is not in the input is not known, and that of a Function not to the last label.
  const isVague = expected.some(({ selector = {} }) =>
    Object.keys(selector).some((key) => key === assumedLabel || key.startsWith('serverless.kyma-project.io/')),
  );
  const textsOf = (all: readonly Comparable[]): string =>
    all
      .map((one) => shortDigest(toPlainJson(isVague && one.selector ? { ...one, selector: {} } : one) ?? null))
      .sort()
      .join();
  return textsOf(actual) === textsOf(expected);
}
