import type { Step } from './access';
import type { AuthorizationPolicy, Origin, Workload } from './istio';
import { matchesPolicy, type PolicyInput } from './match-policy';
import { isUsablePolicyPath } from './path-template';
import { selects } from './select-workload';
import { every, type Verdict } from './verdict';

/** What the AuthorizationPolicies of a workload make of a request. */
export interface Authorization {
  readonly verdict: 'allow' | 'deny' | 'unknown';
  readonly step: Step;
  /** What the input lacks; empty unless `verdict` is `unknown`. */
  readonly missing: string;
  /** Rule whose policy admitted it. */
  readonly by?: Origin;
}

/** Why the proxy of a workload does not take its policies; undefined when it does. */
export function refusedPolicy(policies: readonly AuthorizationPolicy[], workload: Workload): string | undefined {
  for (const { policy, path } of unusable(policies)) {
    if (selects(policy, workload, policy.origin !== undefined) !== false)
      return `Envoy refuses the path ${path} of policy ${nameOf(policy)}; what is in force on the workload instead is not in the input`;
  }
  return undefined;
}

interface Unusable {
  readonly policy: AuthorizationPolicy;
  readonly path: string;
}

/** Every request asks, the answer is always the same. */
const unusableOf = new WeakMap<readonly AuthorizationPolicy[], readonly Unusable[]>();

function unusable(policies: readonly AuthorizationPolicy[]): readonly Unusable[] {
  const known = unusableOf.get(policies);
  if (known) return known;
  const found = policies.flatMap((policy): Unusable[] => {
    const paths = policy.rules.flatMap(({ to }) => to.flatMap((operation) => [...(operation.paths ?? []), ...(operation.notPaths ?? [])]));
    const path = paths.find((text) => !isUsablePolicyPath(text));
    return path === undefined ? [] : [{ policy, path }];
  });
  unusableOf.set(policies, found);
  return found;
}

interface Judged {
  readonly policy: AuthorizationPolicy;
  readonly selected: Verdict;
  readonly matched: Verdict;
}

/**
 * External authorizers are asked first, then any matching DENY refuses, then one matching ALLOW is enough; without an ALLOW
 * policy on the workload everything left is admitted. What an external authorizer answers is never assumed.
 */
export function authorize(policies: readonly AuthorizationPolicy[], workload: Workload, input: PolicyInput): Authorization {
  const judged = policies.map((policy) => judge(policy, workload, input));
  const denied = applying(judged, 'DENY');
  if (denied.sure) return refused(`policy ${nameOf(denied.sure)} refuses it`, denied.sure);
  const allowed = allow(judged);
  if (allowed.verdict === 'deny') return allowed;
  if (denied.open) return { ...open(denied.open), verdict: 'unknown' };
  const custom = applying(judged, 'CUSTOM');
  const asked = custom.sure ?? custom.open?.policy;
  if (!asked) return allowed;
  const missing = `the external authorizer ${asked.provider ?? 'without a name'} is not in the input`;
  return { verdict: 'unknown', missing, step: { stage: 'custom', text: missing, ...originOf(asked) } };
}

function judge(policy: AuthorizationPolicy, workload: Workload, input: PolicyInput): Judged {
  const selected = selects(policy, workload, policy.origin !== undefined);
  return { policy, selected, matched: selected === false ? false : matchesPolicy(policy, input) };
}

function allow(judged: readonly Judged[]): Authorization {
  const { sure, open: uncertain } = applying(judged, 'ALLOW');
  if (sure)
    return {
      verdict: 'allow',
      missing: '',
      step: step(`policy ${nameOf(sure)} admits it`, sure),
      ...(sure.origin ? { by: sure.origin } : {}),
    };
  if (uncertain) return open(uncertain);
  const policies = judged.filter(({ policy }) => policy.action === 'ALLOW');
  const closing = policies.filter(({ selected }) => selected === true);
  if (closing.length > 0) return refused(`none of the ${closing.length} ALLOW policies of the workload admits it`);
  const perhaps = policies.find(({ selected }) => selected !== false);
  if (perhaps) return open(perhaps);
  return {
    verdict: 'allow',
    missing: '',
    step: { stage: 'authorize', text: 'no ALLOW policy selects the workload, so every request is admitted' },
  };
}

/** The first policy of an action that applies for sure, and the first of which that cannot be told. */
function applying(judged: readonly Judged[], action: AuthorizationPolicy['action']): { sure?: AuthorizationPolicy; open?: Judged } {
  const both = judged
    .filter(({ policy }) => policy.action === action)
    .map((entry) => ({ entry, verdict: every([entry.selected, entry.matched], (part) => part) }));
  const sure = both.find(({ verdict }) => verdict === true)?.entry.policy;
  const uncertain = both.find(({ verdict }) => typeof verdict === 'object')?.entry;
  return { ...(sure ? { sure } : {}), ...(uncertain ? { open: uncertain } : {}) };
}

function open({ policy, selected, matched }: Judged): Authorization {
  const lacking = [selected, matched].find((verdict) => typeof verdict === 'object');
  const missing = typeof lacking === 'object' ? lacking.unknown : `whether ${nameOf(policy)} applies is not in the input`;
  return { verdict: 'unknown', missing, step: step(missing, policy) };
}

function refused(text: string, policy?: AuthorizationPolicy): Authorization {
  return { verdict: 'deny', missing: '', step: step(text, policy) };
}

function step(text: string, policy?: AuthorizationPolicy): Step {
  return { stage: 'authorize', text, ...(policy ? originOf(policy) : {}) };
}

function originOf(policy: AuthorizationPolicy): Pick<Step, 'origin'> {
  return policy.origin ? { origin: policy.origin } : {};
}

function nameOf(policy: AuthorizationPolicy): string {
  return `${policy.namespace}/${policy.name}`;
}
