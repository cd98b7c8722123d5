import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRuleMethods = apiRuleRule({
  id: 'api-rule-methods',
  severity: 'high',
  title: 'Every rule lists known methods, each once',
  why: 'The API server refuses unknown methods. A method that is listed twice is, for the controller, a conflict of the rule with itself.',
  fix: 'List each method once, in capitals.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.methods'],
  bad: exampleApiRule([publicRule('/orders', 'GET, GET')]),
  good: exampleApiRule([publicRule('/orders', 'GET, HEAD')]),
});
