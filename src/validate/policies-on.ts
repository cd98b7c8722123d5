import type { AuthorizationPolicy, Workload } from '../model/istio';
import { meshNamespace } from '../model/mesh';
import { selects } from '../model/select-workload';
import { selectorIndex } from '../model/label-index';
import { groupBy } from '../model/group-by';
import type { SetInput } from './rule';

/** Policies that the input itself holds, of one action, which are for Pods, or of which that cannot be told. */
export function policiesOn(input: SetInput, action: AuthorizationPolicy['action'], workload: Workload): readonly AuthorizationPolicy[] {
  const byNamespace = input.shared(`policies of action ${action}`, () => {
    const policies = input.cluster.istio.authorizationPolicies.filter((policy) => policy.action === action);
    const groups = groupBy(policies, ({ namespace }) => namespace);
    return new Map([...groups].map(([namespace, group]) => [namespace, selectorIndex(group, ({ selector }) => selector)] as const));
  });
  const namespaces = [...new Set([workload.namespace, meshNamespace])];
  return namespaces
    .flatMap((namespace) => byNamespace.get(namespace)?.(workload.labels) ?? [])
    .filter((policy) => selects(policy, workload, false) !== false);
}
