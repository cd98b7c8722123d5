import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const instanceUserInfo = problemRule({
  id: 'instance-user-info',
  layer: 'controller',
  severity: 'low',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'Nobody writes userInfo of an instance by hand',
  why: 'The operator fills it with who made the object, and refuses a change.',
  fix: 'Remove spec.userInfo.',
  refs: ['ServiceInstance custom resource, spec.userInfo'],
  bad: exampleInstance({ members: ['userInfo: { username: ci }'] }),
  good: exampleInstance(),
});
