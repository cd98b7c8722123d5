import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaReference = problemRule({
  id: 'xsuaa-reference',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'A descriptor refers only to what it declares',
  why: 'XSUAA refuses the descriptor, and the instance never becomes ready.',
  fix: 'Declare it, or correct the reference.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  bad: exampleInstance({ parameters: '{ xsappname: orders, role-templates: [{ name: Viewer, scope-references: [$XSAPPNAME.Read] }] }' }),
  good: exampleInstance({
    parameters:
      '{ xsappname: orders, scopes: [{ name: $XSAPPNAME.Read }], role-templates: [{ name: Viewer, scope-references: [$XSAPPNAME.Read] }] }',
  }),
});
