import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionSource = problemRule({
  id: 'function-source',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'A Function has one source, and it is not empty',
  why: 'The API server refuses a Function with no source or two.',
  fix: 'Give either inline or gitRepository.',
  refs: ['Kyma Function custom resource, spec.source'],
  bad: exampleFunction({ source: '{}' }),
  good: exampleFunction(),
});
