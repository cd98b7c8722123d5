import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionDependencies = problemRule({
  id: 'function-dependencies',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'The dependencies of a Node.js Function are the text of a package.json',
  why: 'The controller refuses text without braces around it; other text that is no JSON makes npm fail in every Pod.',
  fix: 'Give the text of a package.json.',
  refs: ['Kyma Function custom resource, spec.source.inline.dependencies'],
  bad: exampleFunction({ source: `{ inline: { source: 'exports.main = () => 1;', dependencies: 'axios: 1.7.9' } }` }),
  good: exampleFunction({
    source: `{ inline: { source: 'exports.main = () => 1;', dependencies: '{"dependencies":{"axios":"1.7.9"}}' } }`,
  }),
});
