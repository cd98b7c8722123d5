import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionReplicas = problemRule({
  id: 'function-replicas',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'The number of replicas is a whole number from 0',
  why: 'The API server refuses any other value.',
  fix: 'Give a whole number from 0, or leave it out for an autoscaler.',
  refs: ['Kyma Function custom resource, spec.replicas'],
  bad: exampleFunction({ members: ['replicas: -1'] }),
  good: exampleFunction({ members: ['replicas: 2'] }),
});
