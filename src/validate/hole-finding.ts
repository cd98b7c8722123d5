import type { Decision } from '../model/access';
import type { Intent } from '../model/intent';
import type { Origin } from '../model/istio';
import type { Hole, HoleKind } from '../model/search/find-holes';
import type { Finding, SetInput } from './rule';
import { admittersText } from './rests-on';
import { searchOf } from './search-of';
import { witnessOf } from './witness';

/** Findings for the holes of one kind: at the rule that is open, with a request that shows it and the rule that lets it in. */
export function holeFindings(input: SetInput, kind: HoleKind, what: string): Finding[] {
  return searchOf(input)
    .holes.filter((hole) => hole.kind === kind)
    .map((hole) => holeFinding(input, hole, what));
}

function holeFinding(input: SetInput, { intent, request, caller, decision }: Hole, what: string): Finding {
  const jwtRule = input.istio.requestAuthentications.flatMap(({ jwtRules }) => jwtRules).find(({ issuer }) => issuer === caller.issuer);
  return {
    manifest: intent.apiRule.manifest,
    path: ['spec', 'rules', intent.index],
    message: `${request.method} ${intent.rule.path} stands open ${what}: ${admitter(decision, intent)} lets ${request.path} in`,
    ...witnessOf({ ...request, caller, ...(jwtRule && { jwtRule }) }),
    expected: 'refused: 401 or 403',
    actual: `reaches ${placeOf(decision)}`,
    reason: groundsOf(decision),
    rests: admittersText(input, decision),
  };
}

function admitter({ admittedBy, why }: Decision, intent: Intent): string {
  if (!admittedBy) return why.at(-1)?.text ?? 'something';
  return nameOfRule(admittedBy, intent);
}

/** The rule as a person finds it: without the object when it is the one under test. */
export function nameOfRule({ apiRule, rule }: Origin, intent: Intent): string {
  const own = apiRule === `${intent.apiRule.namespace}/${intent.apiRule.name}`;
  return own ? `its own spec.rules[${rule}]` : `spec.rules[${rule}] of APIRule ${apiRule}`;
}

function placeOf({ destination }: Decision): string {
  return destination ? `Service ${destination.namespace}/${destination.service} on port ${destination.port}` : 'the workload';
}

/** On what the prediction rests: real Istio objects of the input, or what the controller makes of the rule. */
export function groundsOf({ admittedBy, destination }: Decision): string {
  const objects = admittedBy
    ? 'predicted from the policies that the API Gateway controller 3.10 makes of these rules, which is deduced from its source'
    : 'decided by the Istio objects of the input';
  return destination?.workload.assumed === true
    ? `${objects}; assumed: equal names of Services mean equal Pods, because the Service is not in the input`
    : objects;
}
