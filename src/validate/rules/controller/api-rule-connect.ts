import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRuleConnect = apiRuleRule({
  id: 'api-rule-connect',
  severity: 'low',
  title: 'No rule lists CONNECT',
  why: 'A CONNECT request names a host and no path, so no route of an APIRule takes it. Who needs it does not get it.',
  fix: 'Remove CONNECT from methods.',
  refs: ['RFC 9110 section 9.3.6'],
  bad: exampleApiRule([publicRule('/orders', 'GET, CONNECT')]),
  good: exampleApiRule([publicRule('/orders')]),
});
