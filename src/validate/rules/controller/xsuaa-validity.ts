import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaValidity = problemRule({
  id: 'xsuaa-validity',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'Tokens are valid for as long as XSUAA admits',
  why: 'XSUAA refuses the descriptor, and the instance never becomes ready.',
  fix: 'Give seconds within the limits.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  bad: exampleInstance({ parameters: '{ xsappname: orders, oauth2-configuration: { token-validity: 86401 } }' }),
  good: exampleInstance({ parameters: '{ xsappname: orders, oauth2-configuration: { token-validity: 3600 } }' }),
});
