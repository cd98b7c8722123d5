import type { RuleReach } from '../../../model/search/rule-reach';
import { ruleText } from '../../rests-on';
import type { Finding, SetRule } from '../../rule';
import { searchOf } from '../../search-of';
import { exampleApiRule, exampleJwt } from './example-api-rule';

export const apiRuleShadowed: SetRule = {
  id: 'api-rule-shadowed',
  layer: 'security',
  severity: 'medium',
  also: { high: 'when the first rule is public and the shadowed one is not' },
  title: 'Every rule gets the requests that it speaks about',
  why: 'The first rule that fits decides. A rule behind one that takes all of its paths does nothing, and if the first is public, what looks protected is open.',
  fix: 'Put special paths before general ones.',
  refs: ['Kyma documentation, APIRule, significance of rule path and method order'],
  bad: exampleApiRule(['{ path: /*, methods: [GET], noAuth: true }', `{ path: /admin, methods: [GET], ${exampleJwt} }`]),
  good: exampleApiRule([`{ path: /admin, methods: [GET], ${exampleJwt} }`, '{ path: /*, methods: [GET], noAuth: true }']),
  checkSet: (input) => searchOf(input).reaches.flatMap((reach) => (reach.meant === undefined ? shadowed(reach) : [])),
};

function shadowed({ apiRule, index, method, takenBy }: RuleReach): Finding[] {
  const rule = apiRule.rules[index];
  if (!rule || !takenBy) return [];
  const opened = takenBy.rule.access.kind === 'noAuth' && rule.access.kind !== 'noAuth';
  const first =
    takenBy.apiRule === apiRule
      ? `spec.rules[${takenBy.index}]`
      : `spec.rules[${takenBy.index}] of APIRule ${takenBy.apiRule.namespace}/${takenBy.apiRule.name}`;
  const reason = opened ? `the public ${first} takes it first: a public rule opens the protected path` : `${first} takes it first`;
  return [
    {
      manifest: apiRule.manifest,
      path: ['spec', 'rules', index],
      message: `never gets ${method} ${rule.path}, because ${reason}`,
      rests: ruleText(takenBy),
      ...(opened && { severity: 'high' }),
    },
  ];
}
