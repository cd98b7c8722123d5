import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRulePathConflict = apiRuleRule({
  id: 'api-rule-path-conflict',
  severity: 'high',
  title: 'The controller sees no conflict between paths',
  why: 'The controller refuses an APIRule in which a path collides with an earlier one of the same method. Its check also refuses some paths that share no request, and some that stand in the right order; the message tells which case this is.',
  fix: 'Change order, spelling or methods as the message says.',
  refs: ['Kyma documentation, APIRule, significance of rule path and method order'],
  bad: exampleApiRule([publicRule('/orders/{*}'), publicRule('/orders/{**}')]),
  good: exampleApiRule([publicRule('/orders/{*}'), publicRule('/orders/{*}/{**}')]),
});
