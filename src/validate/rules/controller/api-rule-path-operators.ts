import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRulePathOperators = apiRuleRule({
  id: 'api-rule-path-operators',
  severity: 'high',
  title: '{**} is the last operator of a path',
  why: 'The API server accepts other paths, and the controller then refuses the APIRule.',
  fix: 'End the path with its only {**}, or list several paths.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.path'],
  bad: exampleApiRule([publicRule('/{**}/orders/{*}')]),
  good: exampleApiRule([publicRule('/{*}/orders/{**}')]),
});
