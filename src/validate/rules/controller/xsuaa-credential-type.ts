import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const xsuaaCredentialType = problemRule({
  id: 'xsuaa-credential-type',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'The descriptor admits credentials of types that new bindings can have',
  why: 'XSUAA refuses the descriptor, or every new binding of that type.',
  fix: 'Give binding-secret or x509.',
  refs: ['SAP BTP: application security descriptor configuration syntax'],
  bad: exampleInstance({ parameters: '{ xsappname: orders, oauth2-configuration: { credential-types: [instance-secret] } }' }),
  good: exampleInstance({ parameters: '{ xsappname: orders, oauth2-configuration: { credential-types: [x509] } }' }),
});
