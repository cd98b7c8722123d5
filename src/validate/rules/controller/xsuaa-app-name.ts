import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaAppName = problemRule({
  id: 'xsuaa-app-name',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'The application name has letters, digits, "-", "_", "/" and "\\" only',
  why: 'XSUAA refuses the descriptor, and the instance never becomes ready.',
  fix: 'Give at most 100 of these characters; the suffix is added by XSUAA.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  bad: exampleInstance({ parameters: '{ xsappname: orders!t4711 }' }),
  good: exampleInstance({ parameters: '{ xsappname: orders-eu }' }),
});
