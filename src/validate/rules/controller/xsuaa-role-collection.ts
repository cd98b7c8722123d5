import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaRoleCollection = problemRule({
  id: 'xsuaa-role-collection',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'Role collections have a name and role templates',
  why: 'XSUAA refuses the descriptor, and the instance never becomes ready.',
  fix: 'Give each a name of at most 64 characters and its role-template-references.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  bad: exampleInstance({ parameters: '{ xsappname: orders, role-collections: [{ name: Orders Viewer }] }' }),
  good: exampleInstance({
    parameters:
      '{ xsappname: orders, role-templates: [{ name: Viewer }], role-collections: [{ name: Orders Viewer, role-template-references: [$XSAPPNAME.Viewer] }] }',
  }),
});
