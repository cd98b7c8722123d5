import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRulePathLiteral = apiRuleRule({
  id: 'api-rule-path-literal',
  severity: 'high',
  also: { medium: 'for a path that is taken and never matches' },
  title: 'Literal paths hold no brackets, plus or dollar signs',
  why: 'The controller writes the path into a regular expression as it is. With these characters the route takes other paths than the policy, so every call is refused; and where the expression is invalid, Istio refuses all routes of the APIRule.',
  fix: 'Write {*} for that segment.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.path', 'CWE-185'],
  bad: exampleApiRule([publicRule('/orders(')]),
  good: exampleApiRule([publicRule('/orders/{*}')]),
});
