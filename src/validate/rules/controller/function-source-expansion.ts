import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionSourceExpansion = problemRule({
  id: 'function-source-expansion',
  layer: 'controller',
  severity: 'medium',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'Inline text reaches the Pod as it is written',
  why: 'The kubelet reads the text as the value of an environment variable: $$ becomes $, and $(NAME) becomes the value of a variable that is set before it. Other code runs than was written, without a word.',
  fix: 'Write $$$$ for $$ and $$( for $( in the manifest.',
  refs: ['Kubernetes: define dependent environment variables', 'Kyma Function custom resource, spec.source.inline'],
  bad: exampleFunction({ source: `{ inline: { source: 'exports.main = () => "costs $$5";' } }` }),
  good: exampleFunction({ source: `{ inline: { source: 'exports.main = () => "costs $$$$5";' } }` }),
});
