import type { AuthorizationPolicy, PolicyRule } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { meshNamespace } from '../../model/mesh';
import { permissionOf } from './rbac-permissions';
import { principalOf } from './rbac-principals';
import { typedExtension } from './typed-config';

/** Name that Envoy keeps results of the filter under. */
export const rbacFilterName = 'envoy.filters.http.rbac';
const rbacType = 'envoy.extensions.filters.http.rbac.v3.RBAC';

/** Filters for the policies of one workload, in Istio's order: DENY of the mesh, DENY of the namespace, ALLOW. Policies that only audit make none. */
export function rbacFilters(policies: readonly AuthorizationPolicy[]): JsonObject[] {
  const denying = policies.filter(({ action }) => action === 'DENY');
  const groups = [
    { action: 'DENY', members: denying.filter(({ namespace }) => namespace === meshNamespace) },
    { action: 'DENY', members: denying.filter(({ namespace }) => namespace !== meshNamespace) },
    { action: 'ALLOW', members: policies.filter(({ action }) => action === 'ALLOW') },
  ];
  return groups.flatMap(({ action, members }) => (members.length > 0 ? [rbacFilter({ rules: rulesOf(action, members) })] : []));
}

/** One RBAC filter. */
export function rbacFilter(config: JsonObject): JsonObject {
  return typedExtension(rbacFilterName, rbacType, config);
}

/** The rules of all policies under names of their own. @param prefix Stands before each name. @default '' */
export function rulesOf(action: string, policies: readonly AuthorizationPolicy[], prefix = ''): JsonObject {
  const entries = policies.flatMap((policy, place) =>
    policyRules(policy).map(
      (rule, index) => [`${prefix}ns[${policy.namespace}]-policy[${policy.name}]-${place}-rule[${index}]`, rule] as const,
    ),
  );
  return { action, policies: Object.fromEntries(entries) };
}

function policyRules({ rules }: AuthorizationPolicy): JsonObject[] {
  return rules.length > 0 ? rules.map(policyRule) : [never];
}

/** A policy without rules matches nothing: as ALLOW it closes the workload. */
const never: JsonObject = { permissions: [{ not_rule: { any: true } }], principals: [{ not_id: { any: true } }] };

function policyRule({ from, to, when }: PolicyRule): JsonObject {
  return {
    permissions: (to.length > 0 ? to : [{}]).map(permissionOf),
    principals: (from.length > 0 ? from : [{}]).map((source) => principalOf(source, when)),
  };
}
