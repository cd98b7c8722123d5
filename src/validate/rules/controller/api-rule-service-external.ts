import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule, specWith } from './example-gateway-objects';

export const apiRuleServiceExternal = apiRuleRule({
  id: 'api-rule-service-external',
  severity: 'info',
  title: 'Nothing relies on service.external',
  why: 'The field is in the schema, and nobody reads it: calls go to the Service of that name in the cluster.',
  fix: 'Remove external.',
  refs: ['Kyma documentation, APIRule custom resource, spec.service'],
  bad: exampleApiRule([publicRule('/orders')], specWith({ service: 'service: { name: orders, port: 8080, external: true }' })),
  good: exampleApiRule([publicRule('/orders')]),
});
