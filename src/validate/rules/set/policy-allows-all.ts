import type { JsonObject } from '../../../model/json';
import { listAt } from '../../../model/json-fields';
import { samplePath } from '../../../model/sample-paths';
import { anonymous } from '../../../model/search/caller';
import type { Finding, SetInput, SetRule } from '../../rule';
import { witnessOf } from '../../witness';
import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents, examplePolicy, exampleService } from '../security/example-workload';
import { handMadePolicies, protectedBehind, type HandMadePolicy } from './hand-made-policies';

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);
const selector = 'selector: { matchLabels: { app: orders } }';

export const policyAllowsAll: SetRule = {
  id: 'policy-allows-all',
  layer: 'set',
  severity: 'critical',
  also: { medium: 'when no protected rule is known to lead to these Pods' },
  title: 'No policy opens a workload to everybody',
  why: 'An empty rule of action ALLOW admits every request, and policies are a union: what the rules of an APIRule ask for no longer counts.',
  fix: 'Remove the empty rule; a policy without any rule closes the workload.',
  refs: ['Istio documentation, Authorization Policy, allow-all', 'CWE-862'],
  bad: documents(rule, exampleService, examplePolicy(`${selector}, action: ALLOW, rules: [{}]`)),
  good: documents(rule, exampleService, examplePolicy(`${selector}, action: ALLOW`)),
  checkSet: (input) =>
    handMadePolicies(input).flatMap((policy) => {
      if (policy.action !== 'ALLOW') return [];
      return policy.rules.filter(([rule]) => isEmpty(rule)).map(([, index]) => finding(input, policy, index));
    }),
};

function isEmpty(rule: JsonObject): boolean {
  return ['from', 'to', 'when'].every((member) => listAt(rule, member).length === 0);
}

function finding(input: SetInput, policy: HandMadePolicy, index: number): Finding {
  const place = { manifest: policy.manifest, path: ['spec', 'rules', index] };
  const open = protectedBehind(input, policy);
  if (open === undefined || open === 'unknown') {
    const doubt =
      open === undefined ? 'no protected rule of the input leads to its Pods' : 'which rules lead to its Pods is not in the input';
    return {
      ...place,
      message: `admits every request to the Pods that it selects; it should name who may call (${doubt})`,
      severity: 'medium',
    };
  }
  const { apiRule, rule, host } = open;
  const witness = {
    host: host.replace(/^\*\./, 'sample.'),
    method: rule.methods[0] ?? 'GET',
    path: samplePath(rule.path),
    caller: anonymous,
  };
  return {
    ...place,
    message: `admits every request, so that nobody needs what APIRule ${apiRule.namespace}/${apiRule.name} asks for; it should name who may call`,
    ...witnessOf(witness),
    expected: 'refused: 401 or 403',
    actual: `reaches Service ${open.namespace}/${open.service} on port ${open.port}`,
  };
}
