import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRulePath = apiRuleRule({
  id: 'api-rule-path',
  severity: 'high',
  title: 'Paths consist of literal segments and operators',
  why: 'An APIRule v2 takes no regular expressions: the API server refuses what older versions took.',
  fix: 'Write {*} for one segment, {**} for any number, and several rules for alternatives.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.path'],
  bad: exampleApiRule([publicRule('/orders/.*')]),
  good: exampleApiRule([publicRule('/orders/{**}')]),
});
