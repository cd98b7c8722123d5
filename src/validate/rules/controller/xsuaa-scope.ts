import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaScope = problemRule({
  id: 'xsuaa-scope',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'Scopes are named after the application and declared once',
  why: 'XSUAA refuses the descriptor, or makes a scope that is not of this application.',
  fix: 'Begin the name with $XSAPPNAME. and keep within the limits of the descriptor.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  bad: exampleInstance({ parameters: '{ xsappname: orders, scopes: [{ name: Read }] }' }),
  good: exampleInstance({ parameters: '{ xsappname: orders, scopes: [{ name: $XSAPPNAME.Read }] }' }),
});
