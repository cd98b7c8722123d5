import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionTemplate = problemRule({
  id: 'function-template',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'A Function carries labels and annotations itself',
  why: 'The API server refuses a template with content.',
  fix: 'Move the content to spec.labels and spec.annotations.',
  refs: ['Kyma Function custom resource, spec.template'],
  bad: exampleFunction({ members: ['template: { labels: { team: shop } }'] }),
  good: exampleFunction({ members: ['labels: { team: shop }'] }),
});
