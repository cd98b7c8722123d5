import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionMountPath = problemRule({
  id: 'function-mount-path',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'Every mount of a Function has a folder of its own',
  why: 'A path that is used twice makes an invalid Deployment; one above the folder of the source hides the handler.',
  fix: 'Mount the Secret elsewhere, below /etc or /bindings.',
  refs: ['Kyma Function custom resource, spec.secretMounts'],
  bad: exampleFunction({ members: ['secretMounts: [{ secretName: keys, mountPath: /tmp }]'] }),
  good: exampleFunction({ members: ['secretMounts: [{ secretName: keys, mountPath: /etc/keys }]'] }),
});
