import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionSourceSize = problemRule({
  id: 'function-source-size',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'Inline text fits into an environment variable',
  why: 'The source and the dependencies travel as environment variables, and Linux starts no process with one of more than 131,072 bytes: the API server takes the Function, and no container of it starts.',
  fix: 'Move data out of the source, bundle less, or use a git source.',
  refs: ['Kyma Function custom resource, spec.source.inline', 'execve(2), MAX_ARG_STRLEN'],
  bad: exampleFunction({ source: `{ inline: { source: 'exports.main = () => "${'x'.repeat(131_052)}";' } }` }),
  good: exampleFunction(),
});
