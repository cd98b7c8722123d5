import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRulePathDot = apiRuleRule({
  id: 'api-rule-path-dot',
  severity: 'info',
  title: 'Dots in paths are known to stand for any character',
  why: 'The controller writes the path into a regular expression as it is. The route then takes more paths than the policy, and such calls get 403 where 404 would be expected; nothing is opened by it.',
  fix: 'Leave it, or write {*} for that segment.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.path'],
  bad: exampleApiRule([publicRule('/v1.0/orders')]),
  good: exampleApiRule([publicRule('/v1/orders')]),
});
