import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionFips = problemRule({
  id: 'function-fips',
  layer: 'controller',
  severity: 'info',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'A Function can run in FIPS mode',
  why: 'A cluster whose Serverless module runs in FIPS mode refuses SSH addresses, python312 and nodejs20.',
  fix: 'Use an address of https and a newer runtime, if the cluster runs in FIPS mode.',
  refs: ['Kyma Serverless: FIPS mode'],
  bad: exampleFunction({ runtime: 'nodejs20' }),
  good: exampleFunction({ runtime: 'nodejs24' }),
});
