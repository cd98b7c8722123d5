import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionVolumeName = problemRule({
  id: 'function-volume-name',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'Every mounted Secret has a name that a volume can have',
  why: 'The controller calls the volume like the Secret. A dot, a long name, a name of a built-in volume or a second mount of one Secret makes an invalid Deployment, and the Function stays without Pods.',
  fix: 'Rename the Secret: a-z, 0-9 and "-", at most 63 characters, and mount it once.',
  refs: ['Kyma Function custom resource, spec.secretMounts', 'Kubernetes: volumes'],
  bad: exampleFunction({ members: ['secretMounts: [{ secretName: tls.example.com, mountPath: /etc/tls }]'] }),
  good: exampleFunction({ members: ['secretMounts: [{ secretName: tls-example-com, mountPath: /etc/tls }]'] }),
});
