import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, exampleSpec, publicRule } from './example-gateway-objects';

export const apiRuleLongName = apiRuleRule({
  id: 'api-rule-long-name',
  severity: 'info',
  title: 'Names of APIRule and namespace are short enough for older modules',
  why: 'API gateway modules before 3.3 could not name their policies in namespaces of more than 36 characters, and those before 3.5 did not reconcile an APIRule whose name and namespace are together longer than 62.',
  fix: 'Update the module, or give shorter names.',
  refs: ['Kyma API gateway release notes, 3.3.0 and 3.5.0'],
  bad: exampleApiRule([publicRule('/orders')], exampleSpec, `name: orders, namespace: ${'x'.repeat(37)}`),
  good: exampleApiRule([publicRule('/orders')]),
});
