import { problemRule } from '../../problem-rule';
import { exampleBinding } from './example-binding';

export const bindingRotationOff = problemRule({
  id: 'binding-rotation-off',
  layer: 'controller',
  severity: 'low',
  kinds: ['ServiceBinding.services.cloud.sap.com'],
  title: 'Credentials of a binding rotate',
  why: 'A credential that leaks once works until somebody replaces the binding by hand.',
  fix: 'Add credentialsRotationPolicy with enabled: true.',
  refs: ['SAP BTP service operator, README: credentials rotation', 'CWE-262'],
  bad: exampleBinding({ members: ['credentialsRotationPolicy: { enabled: false }'] }),
  good: exampleBinding({ members: ['credentialsRotationPolicy: { enabled: true }'] }),
});
