import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule, specWith } from './example-gateway-objects';

export const apiRuleExternalHost = apiRuleRule({
  id: 'api-rule-external-host',
  severity: 'high',
  title: 'An APIRule behind an ExternalGateway has a full host name',
  why: 'The controller completes a label with the domain of spec.gateway, which is not there. It fails before it can write a status, so nobody learns why the route is missing.',
  fix: 'Give the full host name.',
  refs: ['Kyma documentation, APIRule custom resource, spec.externalGateway'],
  bad: exampleApiRule([publicRule('/orders')], specWith({ hosts: 'hosts: [orders]', gateway: 'externalGateway: shop/partner' })),
  good: exampleApiRule([publicRule('/orders')], specWith({ gateway: 'externalGateway: shop/partner' })),
});
