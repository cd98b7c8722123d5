import { apiRuleRule } from './api-rule-rule';
import { exampleApiRule, publicRule } from './example-gateway-objects';

export const apiRuleStatusLimit = apiRuleRule({
  id: 'api-rule-status-limit',
  severity: 'info',
  title: 'The status of an APIRule can show all that is wrong',
  why: 'The controller writes three errors into status.description and only counts the others. Who mends those three meets the next ones.',
  fix: 'Mend all that is reported here before the next deployment.',
  refs: ['Kyma documentation, APIRule custom resource, status.description'],
  bad: exampleApiRule(['/{**}/a/{*}', '/{**}/b/{*}', '/{**}/c/{*}', '/{**}/d/{*}'].map((path) => publicRule(path))),
  good: exampleApiRule([publicRule('/orders')]),
});
