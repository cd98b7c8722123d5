import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaRoleTemplate = problemRule({
  id: 'xsuaa-role-template',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'Role templates have names that XSUAA takes',
  why: 'XSUAA refuses the descriptor, and the instance never becomes ready.',
  fix: 'Give A-Z, a-z, 0-9, ".", "-" and "_", at most 64 characters.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  bad: exampleInstance({ parameters: '{ xsappname: orders, role-templates: [{ name: Order Viewer }] }' }),
  good: exampleInstance({ parameters: '{ xsappname: orders, role-templates: [{ name: OrderViewer }] }' }),
});
