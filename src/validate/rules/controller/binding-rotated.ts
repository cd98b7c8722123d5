import { problemRule } from '../../problem-rule';
import { exampleBinding } from './example-binding';

export const bindingRotated = problemRule({
  id: 'binding-rotated',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceBinding.services.cloud.sap.com'],
  title: 'Only the current binding rotates',
  why: 'The operator refuses to switch rotation on for a binding that it keeps only until its old credentials end.',
  fix: 'Switch rotation on in the current binding, and leave this one to the operator.',
  refs: ['SAP BTP service operator, README: credentials rotation'],
  bad: exampleBinding({
    metadata: "labels: { services.cloud.sap.com/stale: 'true' }",
    members: ['credentialsRotationPolicy: { enabled: true }'],
  }),
  good: exampleBinding({
    metadata: "labels: { services.cloud.sap.com/stale: 'true' }",
    members: ['credentialsRotationPolicy: { enabled: false }'],
  }),
});
