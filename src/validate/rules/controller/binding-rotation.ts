import { problemRule } from '../../problem-rule';
import { exampleBinding } from './example-binding';

export const bindingRotation = problemRule({
  id: 'binding-rotation',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceBinding.services.cloud.sap.com'],
  title: 'Spans of a rotation are durations that Go reads',
  why: 'The operator reads hours, minutes and seconds. A day such as 3d is no duration, and the binding is refused or never rotates.',
  fix: 'Give hours, minutes or seconds, as in 72h.',
  refs: ['SAP BTP service operator, README: credentials rotation', 'Go: time.ParseDuration'],
  bad: exampleBinding({ members: ['credentialsRotationPolicy: { enabled: true, rotationFrequency: 3d, rotatedBindingTTL: 48h }'] }),
  good: exampleBinding({ members: ['credentialsRotationPolicy: { enabled: true, rotationFrequency: 72h, rotatedBindingTTL: 48h }'] }),
});
