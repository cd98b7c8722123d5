import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, exampleSpec, publicRule } from './example-gateway-objects';

export const apiRuleName = apiRuleRule({
  id: 'api-rule-name',
  severity: 'high',
  title: 'The name of an APIRule can label the objects that are made of it',
  why: 'The controller writes the name into a label of every Istio object. A value of more than 63 characters is refused there, so the APIRule ends in state Error and protects nothing.',
  fix: 'Give a name of at most 63 characters.',
  refs: ['Kubernetes documentation, Labels and Selectors'],
  bad: exampleApiRule([publicRule('/orders')], exampleSpec, `name: ${'x'.repeat(64)}, namespace: shop`),
  good: exampleApiRule([publicRule('/orders')]),
});
