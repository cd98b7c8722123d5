import type { ApiRule } from '../../model/api-rule';
import type { Cluster } from '../../model/cluster';
import type { Manifest } from '../../model/manifest';
import type { ApiRuleStatus } from './api-rule-status';
import { isLive } from './live-object';
import { isIstioObject, ownerOf } from './owner';

/** What the input lacks to tell what a cluster does, one sentence each. */
export type Missing = readonly string[];

/**
 * The cluster as it is: for an APIRule that came from a cluster the real Istio objects decide, also where it has none. Only when the input
 * holds no Istio objects of a cluster at all are they predicted, because then they were not asked for.
 */
export function liveCluster(
  cluster: Cluster,
  manifests: readonly Manifest[],
  statuses: readonly ApiRuleStatus[],
): { readonly cluster: Cluster; readonly missing: Missing } {
  if (statuses.length === 0) return { cluster, missing: [] };
  const made = manifests.filter((manifest) => isIstioObject(manifest) && isLive(manifest));
  const kinds = new Set(made.map(({ kind }) => kind));
  const isComplete = kinds.has('VirtualService') && kinds.has('AuthorizationPolicy');
  const owners = new Set(made.flatMap((manifest) => ownerOf(manifest) ?? []));
  const live = statuses.filter(({ apiRule, origin }) => isComplete || (origin === 'v1beta1' && kinds.size > 0) || owners.has(apiRule));
  const realized = new Set([...cluster.realized, ...live.map(({ apiRule }) => apiRule)]);
  // What cannot be translated is neither real nor predicted: nobody enforces a rule that is no longer reconciled.
  const dead = new Set(statuses.filter(({ origin }) => origin === 'v1beta1').map(({ apiRule }) => apiRule));
  const apiRules = cluster.apiRules.filter((apiRule) => !dead.has(nameOf(apiRule)) || realized.has(nameOf(apiRule)));
  return { cluster: { ...cluster, realized, apiRules }, missing: missingOf(cluster, manifests, kinds) };
}

function nameOf({ namespace, name }: ApiRule): string {
  return `${namespace}/${name}`;
}

function missingOf(cluster: Cluster, manifests: readonly Manifest[], kinds: ReadonlySet<string>): string[] {
  const present = new Set(manifests.map(({ kind }) => kind));
  const lacking = ['VirtualService', 'AuthorizationPolicy'].filter((kind) => !kinds.has(kind));
  const hasShortHost = cluster.apiRules.some(({ hosts }) => hosts.some((host) => !host.includes('.')));
  return [
    ...(lacking.length > 0 ? [`unknown what is in force: no ${lacking.join(' and no ')} of the cluster is in the input`] : []),
    ...(present.has('Service')
      ? []
      : ['unknown which Pods the rules mean: no Service is in the input, equal names were taken for equal Pods']),
    ...(present.has('Pod')
      ? []
      : ['unknown whether the workloads have a sidecar, without which nothing is enforced: no Pod is in the input']),
    ...(hasShortHost && !present.has('Gateway') ? ['unknown which domain completes short hosts: no Gateway is in the input'] : []),
  ];
}
