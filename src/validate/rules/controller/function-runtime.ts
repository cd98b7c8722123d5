import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionRuntime = problemRule({
  id: 'function-runtime',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'A Function names a runtime that is served',
  why: 'The API server refuses a Function of another runtime, and the one that runs already cannot be changed any more.',
  fix: 'Give a runtime that is served.',
  refs: ['Kyma Function custom resource, spec.runtime'],
  bad: exampleFunction({ runtime: 'nodejs18' }),
  good: exampleFunction({ runtime: 'nodejs24' }),
});
