import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionIgnoredField = problemRule({
  id: 'function-ignored-field',
  layer: 'controller',
  severity: 'info',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'A Function holds only what its controller reads',
  why: 'The field has no effect, and who reads the manifest believes that it has one.',
  fix: 'Remove the field.',
  refs: ['Kyma Function custom resource, spec.scaleConfig'],
  bad: exampleFunction({ members: ['scaleConfig: { minReplicas: 1, maxReplicas: 5 }'] }),
  good: exampleFunction({ members: ['replicas: 2'] }),
});
