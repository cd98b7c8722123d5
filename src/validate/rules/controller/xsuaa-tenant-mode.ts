import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaTenantMode = problemRule({
  id: 'xsuaa-tenant-mode',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'The tenant mode is one that XSUAA knows',
  why: 'XSUAA refuses the descriptor, and the instance never becomes ready.',
  fix: 'Give dedicated, shared or external.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  bad: exampleInstance({ parameters: '{ xsappname: orders, tenant-mode: single }' }),
  good: exampleInstance({ parameters: '{ xsappname: orders, tenant-mode: shared }' }),
});
