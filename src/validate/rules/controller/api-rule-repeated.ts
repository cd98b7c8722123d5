import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRuleRepeated = apiRuleRule({
  id: 'api-rule-repeated',
  severity: 'high',
  title: 'No two rules have the same path and method',
  why: 'The controller refuses most of these APIRules. Where it does not notice, only the first of the two routes is used, while the policies of either of the two may be in force.',
  fix: 'Keep one rule for each path and method.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules'],
  bad: exampleApiRule([publicRule('/orders'), publicRule('/orders')]),
  good: exampleApiRule([publicRule('/orders'), publicRule('/orders', 'POST')]),
});
