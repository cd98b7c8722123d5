import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionGitPassword = problemRule({
  id: 'function-git-password',
  layer: 'controller',
  severity: 'high',
  also: { medium: 'when it goes over plain http' },
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'No password of a repository can be read',
  why: 'Whoever may read Functions, or the network, learns the password and can read and change the code that runs.',
  fix: 'Name a Secret under auth, give an address of https, and replace the password that was shown.',
  refs: ['CWE-522', 'CWE-319'],
  bad: exampleFunction({
    source: "{ gitRepository: { url: 'https://ci:example@git.example.com/orders.git', reference: main, baseDir: / } }",
  }),
  good: exampleFunction({
    source:
      "{ gitRepository: { url: 'https://git.example.com/orders.git', reference: main, baseDir: /, auth: { type: basic, secretName: git } } }",
  }),
});
