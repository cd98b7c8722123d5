import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionProfile = problemRule({
  id: 'function-profile',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'A Function names a size that exists',
  why: 'The API server refuses any other name.',
  fix: 'Give XS, S, M, L or XL.',
  refs: ['Kyma Function custom resource, spec.resourceConfiguration.function.profile'],
  bad: exampleFunction({ members: ['resourceConfiguration: { function: { profile: XXL } }'] }),
  good: exampleFunction({ members: ['resourceConfiguration: { function: { profile: XL } }'] }),
});
