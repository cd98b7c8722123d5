import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRuleAccess = apiRuleRule({
  id: 'api-rule-access',
  severity: 'high',
  title: 'Every rule says in one way who may call',
  why: 'The API server wants exactly one of noAuth: true, jwt and extAuth. A rule with noAuth: false and nothing else has none.',
  fix: 'Give one of noAuth: true, jwt and extAuth.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.noAuth'],
  bad: exampleApiRule(['{ path: /orders, methods: [GET], noAuth: false }']),
  good: exampleApiRule([publicRule('/orders')]),
});
