import type { Cluster } from '../../model/cluster';
import type { HostSearch } from '../../model/search/search-host';
import type { AccessRow } from './matrix';

/** What a reader should know of a host beside its rows. */
export function hostNotes(
  cluster: Cluster,
  { scope, jwtRules }: HostSearch,
  rows: readonly AccessRow[],
  bare: ReadonlySet<string>,
): string[] {
  const { objects, host, apiRules } = scope;
  const predicted = apiRules.filter(({ namespace, name }) => !cluster.realized.has(`${namespace}/${name}`));
  const isOpen = rows.some(({ access }) => access === 'public');
  const unguarded = scope.destinations.map(({ namespace, service }) => `${namespace}/${service}`).filter((name) => bare.has(name));
  const hasLive = cluster.realized.size > 0;
  return [
    ...(objects.virtualServices.length === 0 ? ['no VirtualService has this host, so every request is answered 404'] : []),
    ...(host.includes('.') ? [] : ['the domain that completes this host is not in the input; --domain gives it']),
    ...(hasLive && predicted.length > 0
      ? [
          `predicted: the Istio objects of ${predicted.map(({ namespace, name }) => `${namespace}/${name}`).join(', ')} are not in the input`,
        ]
      : []),
    ...unguarded.map((name) => `nothing is enforced at Pods of ${name} that have no sidecar`),
    ...(isOpen && jwtRules.length > 0 ? ['a token that no issuer accepts is refused with 401, on public paths too'] : []),
  ];
}
