import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionReplicasZero = problemRule({
  id: 'function-replicas-zero',
  layer: 'controller',
  severity: 'low',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'A Function has at least one replica',
  why: 'Without a Pod every request to the Function fails, and nothing wakes it.',
  fix: 'Give at least 1, or leave it out for an autoscaler.',
  refs: ['Kyma Function custom resource, spec.replicas'],
  bad: exampleFunction({ members: ['replicas: 0'] }),
  good: exampleFunction({ members: ['replicas: 1'] }),
});
