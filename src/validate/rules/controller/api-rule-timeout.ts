import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRuleTimeout = apiRuleRule({
  id: 'api-rule-timeout',
  severity: 'high',
  title: 'Timeouts are whole seconds from 1 to 3900',
  why: 'The API server refuses any other value.',
  fix: 'Give whole seconds from 1 to 3900, or leave it out for 180.',
  refs: ['Kyma documentation, APIRule custom resource, spec.timeout'],
  bad: exampleApiRule([publicRule('/orders', 'GET', ', timeout: 3901')]),
  good: exampleApiRule([publicRule('/orders', 'GET', ', timeout: 3900')]),
});
