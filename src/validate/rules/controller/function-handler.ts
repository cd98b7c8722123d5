import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionHandler = problemRule({
  id: 'function-handler',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'Node.js can see the export main of a handler',
  why: 'The runtime imports the handler and takes its named export main. Where Node.js cannot see it, the Function counts as running and answers every request with 500.',
  fix: 'Write module.exports = { main: function (event, context) { … } } or exports.main = ….',
  refs: ['Node.js: CommonJS namespaces in ECMAScript modules', 'Kyma Function specification'],
  bad: exampleFunction({ source: `{ inline: { source: 'module.exports = { async main() { return 1; } };' } }` }),
  good: exampleFunction({ source: `{ inline: { source: 'module.exports = { main: async () => 1 };' } }` }),
});
