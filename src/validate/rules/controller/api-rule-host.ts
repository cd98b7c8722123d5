import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule, specWith } from './example-gateway-objects';

export const apiRuleHost = apiRuleRule({
  id: 'api-rule-host',
  severity: 'high',
  title: 'An APIRule has one host, in lower case',
  why: 'The API server or the controller refuses anything else, and what was there before stays in force.',
  fix: 'Give one label, one full name, or "*." before a full name.',
  refs: ['Kyma documentation, APIRule custom resource, spec.hosts', 'RFC 1123 section 2.1'],
  bad: exampleApiRule([publicRule('/orders')], specWith({ hosts: 'hosts: [Orders]' })),
  good: exampleApiRule([publicRule('/orders')]),
});
