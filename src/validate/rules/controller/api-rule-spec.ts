import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRuleSpec = apiRuleRule({
  id: 'api-rule-spec',
  severity: 'high',
  title: 'An APIRule has a spec',
  why: 'The controller sets the state Error and looks at nothing else. An APIRule of an older version looks like this when it is read as v2.',
  fix: 'Give hosts, gateway, service and rules.',
  refs: ['Kyma documentation, troubleshooting, empty APIRule spec'],
  bad: 'apiVersion: gateway.kyma-project.io/v2alpha1\nkind: APIRule\nmetadata: { name: orders, namespace: shop }\n',
  good: exampleApiRule([publicRule('/orders')]),
});
