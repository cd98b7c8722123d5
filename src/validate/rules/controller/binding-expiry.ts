import { problemRule } from '../../problem-rule';
import { exampleBinding, rotation } from './example-binding';

export const bindingExpiry = problemRule({
  id: 'binding-expiry',
  layer: 'controller',
  severity: 'medium',
  kinds: ['ServiceBinding.services.cloud.sap.com'],
  title: 'A certificate is valid for longer than it is in use',
  why: 'A certificate of XSUAA is valid for 7 days unless the binding says otherwise. Once it has run out, no token can be had with it.',
  fix: 'Rotate so that frequency and time to live together are shorter than the validity.',
  refs: ['SAP BTP service operator, README: credentials rotation', 'SAP BTP: X.509 bindings of XSUAA'],
  bad: exampleBinding({ members: ['parameters: { credential-type: x509 }'] }),
  good: exampleBinding({ members: [rotation, 'parameters: { credential-type: x509 }'] }),
});
