import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionGit = problemRule({
  id: 'function-git',
  layer: 'controller',
  severity: 'high',
  also: { medium: 'for a kind of login that the address does not know' },
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'A git source can be fetched',
  why: 'The API server or the controller refuses the Function, or the controller never finds the code.',
  fix: 'Give an address of https or SSH, a reference, a folder, and auth of type basic or key with a Secret.',
  refs: ['Kyma Function custom resource, spec.source.gitRepository'],
  bad: exampleFunction({ source: '{ gitRepository: { url: git.example.com/orders.git, reference: main, baseDir: / } }' }),
  good: exampleFunction({ source: "{ gitRepository: { url: 'https://git.example.com/orders.git', reference: main, baseDir: / } }" }),
});
