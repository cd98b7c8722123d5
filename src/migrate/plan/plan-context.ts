import { findCluster, type Cluster } from '../../model/cluster';
import { groupBy } from '../../model/group-by';
import type { AuthorizationPolicy } from '../../model/istio';
import type { Manifest } from '../../model/manifest';
import { PodFinder } from './pods-of-workload';
import type { PlanSettings } from './workload-plan';

/** What planning looks up in the input, read once for all groups. */
export interface PlanContext {
  readonly settings: PlanSettings;
  readonly cluster: Pick<Cluster, 'domains'>;
  readonly pods: PodFinder;
  /** Policies of the input that admit nothing, by namespace. */
  readonly closing: ReadonlyMap<string, readonly AuthorizationPolicy[]>;
  /** `namespace/name` of every AuthorizationPolicy of the input, with whether this program wrote it. */
  readonly policies: ReadonlyMap<string, 'own' | 'foreign'>;
}

/** Reads the input for planning. */
export function planContext(manifests: readonly Manifest[], settings: PlanSettings): PlanContext {
  const { cluster } = findCluster(manifests, settings.domain === undefined ? {} : { domain: settings.domain });
  const closing = cluster.istio.authorizationPolicies.filter(({ action, rules }) => action === 'ALLOW' && rules.length === 0);
  const policies = manifests.filter(({ kind }) => kind === 'AuthorizationPolicy');
  return {
    settings,
    cluster,
    pods: new PodFinder(manifests),
    closing: groupBy(closing, ({ namespace }) => namespace),
    policies: new Map(
      policies.map(({ namespace = 'default', name, labels }) => [
        `${namespace}/${name}`,
        labels['app.kubernetes.io/managed-by'] === 'kyma-guard' ? 'own' : 'foreign',
      ]),
    ),
  };
}
