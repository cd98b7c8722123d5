import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRulePathEmptySegment = apiRuleRule({
  id: 'api-rule-path-empty-segment',
  severity: 'high',
  title: 'A path with an operator has no empty segment',
  why: 'API server, controller and Istio accept it, and the proxy of the workload then refuses all new policies of that workload. What the APIRule protects is not protected by it.',
  fix: 'Write single slashes.',
  refs: ['Envoy documentation, URI template match'],
  bad: exampleApiRule([publicRule('/orders//{*}')]),
  good: exampleApiRule([publicRule('/orders/{*}')]),
});
