import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule, specWith } from './example-gateway-objects';

export const apiRuleService = apiRuleRule({
  id: 'api-rule-service',
  severity: 'high',
  title: 'Every rule leads to a Service that can exist',
  why: 'The controller refuses an APIRule with a rule that names no Service, and cannot find one whose name or port no Service can have.',
  fix: 'Give service with name and port, for the APIRule or for the rule.',
  refs: ['Kyma documentation, APIRule custom resource, spec.service'],
  bad: exampleApiRule([publicRule('/orders')], specWith({ service: 'timeout: 60' })),
  good: exampleApiRule([publicRule('/orders')]),
});
