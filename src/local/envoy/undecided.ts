import type { AuthorizationPolicy, IstioObjects, Workload } from '../../model/istio';
import { refusedPolicy } from '../../model/authorize';
import { selects, selectsIngress } from '../../model/select-workload';
import { isKnownCondition } from './rbac-principals';

/** Text with which a gateway of this program answers what it cannot decide. */
export function cannotDecide(reason: string): string {
  return `kyma-guard local cannot decide: unknown because ${reason}`;
}

/** Why nobody can say what reaches the ingress gateway; undefined when everything is known. */
export function undecidedIngress({ authorizationPolicies, requestAuthentications }: IstioObjects): string | undefined {
  const found = [...authorizationPolicies, ...requestAuthentications].find(selectsIngress);
  return found && `what ${found.namespace}/${found.name} decides at the ingress gateway itself is not known to the model`;
}

/** Why nobody can say what a workload admits; undefined when everything is known. */
export function undecidedWorkload(objects: IstioObjects, workload: Workload): string | undefined {
  const refused = refusedPolicy(objects.authorizationPolicies, workload);
  if (refused !== undefined) return refused;
  for (const authentication of objects.requestAuthentications) {
    const verdict = selects(authentication, workload, authentication.apiRule !== undefined);
    if (typeof verdict === 'object') return verdict.unknown;
  }
  const closed = objects.authorizationPolicies.some(
    (policy) => policy.action === 'ALLOW' && selects(policy, workload, policy.origin !== undefined) === true,
  );
  // An ALLOW policy without rules only closes a workload, which another one may have done for sure.
  const matters = objects.authorizationPolicies.filter(
    ({ action, rules }) => action !== 'AUDIT' && !(closed && action === 'ALLOW' && rules.length === 0),
  );
  for (const policy of matters) {
    const verdict = selects(policy, workload, policy.origin !== undefined);
    if (typeof verdict === 'object') return verdict.unknown;
    const member = verdict ? unknownMember(policy) : undefined;
    if (member !== undefined) return `what ${member} of policy ${policy.namespace}/${policy.name} compares is not in the input`;
  }
  return undefined;
}

function unknownMember({ rules }: AuthorizationPolicy): string | undefined {
  const members = rules.flatMap(({ from, to, when }) => [
    ...from.flatMap((source) => source.unsupported ?? []),
    ...to.flatMap((operation) => [...(operation.unsupported ?? []), ...(operation.ports ? ['ports'] : [])]),
    ...when.map(({ key }) => key).filter((key) => !isKnownCondition(key)),
  ]);
  return members[0];
}
