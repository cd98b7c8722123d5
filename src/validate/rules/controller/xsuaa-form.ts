import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaForm = problemRule({
  id: 'xsuaa-form',
  layer: 'controller',
  severity: 'high',
  also: { medium: 'for a misspelt member' },
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'A security descriptor has members of the known names and types',
  why: 'XSUAA refuses a member of the wrong type, and a misspelt one has no effect: a scope that nobody declares cannot be given to anybody.',
  fix: 'Correct the member.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  bad: exampleInstance({ parameters: '{ xsappname: orders, scope: [] }' }),
  good: exampleInstance({ parameters: '{ xsappname: orders, scopes: [] }' }),
});
