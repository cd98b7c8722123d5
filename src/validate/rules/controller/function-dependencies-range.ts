import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionDependenciesRange = problemRule({
  id: 'function-dependencies-range',
  layer: 'controller',
  severity: 'low',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'Dependencies of a Function have exact versions',
  why: 'Every Pod installs them when it starts: a release of somebody else changes what runs, and two Pods of one Function may run different code.',
  fix: 'Give exact versions, and bundle what must not change.',
  refs: ['Kyma Function best practices', 'CWE-1357'],
  bad: exampleFunction({
    source: `{ inline: { source: 'exports.main = () => 1;', dependencies: '{"dependencies":{"axios":"^1.7.9"}}' } }`,
  }),
  good: exampleFunction({
    source: `{ inline: { source: 'exports.main = () => 1;', dependencies: '{"dependencies":{"axios":"1.7.9"}}' } }`,
  }),
});
