import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule, specWith } from './example-gateway-objects';

export const apiRuleGateway = apiRuleRule({
  id: 'api-rule-gateway',
  severity: 'high',
  title: 'An APIRule names exactly one gateway, as namespace/name',
  why: 'Without one, with two, or with the dotted name of older versions the controller makes no route.',
  fix: 'Give either gateway or externalGateway, as namespace/name.',
  refs: ['Kyma documentation, APIRule custom resource, spec.gateway'],
  bad: exampleApiRule([publicRule('/orders')], specWith({ gateway: 'timeout: 60' })),
  good: exampleApiRule([publicRule('/orders')]),
});
