import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRuleRules = apiRuleRule({
  id: 'api-rule-rules',
  severity: 'high',
  title: 'An APIRule has at least one rule',
  why: 'The API server and the controller refuse an APIRule that exposes nothing.',
  fix: 'Give at least one rule.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules'],
  bad: exampleApiRule([]),
  good: exampleApiRule([publicRule('/orders')]),
});
