import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionSourceControl = problemRule({
  id: 'function-source-control',
  layer: 'controller',
  severity: 'medium',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'Inline text holds no control characters',
  why: 'Control characters get lost on the way through YAML, the environment and the shell that writes the file, so other code runs than was written.',
  fix: 'Write the character as an escape sequence of the language.',
  refs: ['YAML 1.2.2 section 5.1'],
  bad: exampleFunction({ source: String.raw`{ inline: { source: "exports.main = () => '\f';" } }` }),
  good: exampleFunction({ source: String.raw`{ inline: { source: "exports.main = () => '\\f';" } }` }),
});
