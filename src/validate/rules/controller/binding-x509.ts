import { problemRule } from '../../problem-rule';
import { exampleBinding, rotation } from './example-binding';

export const bindingX509 = problemRule({
  id: 'binding-x509',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceBinding.services.cloud.sap.com'],
  title: 'A binding asks for a certificate that the service issues',
  why: 'The service refuses the binding, the operator tries again for hours, and the Secret never appears.',
  fix: 'Give a key length and a validity that the service admits.',
  refs: ['SAP BTP: parameters for self-managed and managed X.509 certificates'],
  bad: exampleBinding({ members: [rotation, 'parameters: { credential-type: x509, x509: { key-length: 1024 } }'] }),
  good: exampleBinding({ members: [rotation, 'parameters: { credential-type: x509, x509: { key-length: 4096 } }'] }),
});
