import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaAttribute = problemRule({
  id: 'xsuaa-attribute',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'Attributes have names and types that XSUAA knows',
  why: 'XSUAA refuses the descriptor, and the instance never becomes ready.',
  fix: 'Give A-Z, a-z, 0-9 and "_", at most 64 characters, and string, int or date.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  bad: exampleInstance({ parameters: '{ xsappname: orders, attributes: [{ name: country-code, valueType: string }] }' }),
  good: exampleInstance({ parameters: '{ xsappname: orders, attributes: [{ name: country_code, valueType: string }] }' }),
});
