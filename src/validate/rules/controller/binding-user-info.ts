import { problemRule } from '../../problem-rule';
import { exampleBinding } from './example-binding';

export const bindingUserInfo = problemRule({
  id: 'binding-user-info',
  layer: 'controller',
  severity: 'low',
  kinds: ['ServiceBinding.services.cloud.sap.com'],
  title: 'Nobody writes userInfo of a binding by hand',
  why: 'The operator fills it with who made the object, and refuses a change.',
  fix: 'Remove spec.userInfo.',
  refs: ['ServiceBinding custom resource, spec.userInfo'],
  bad: exampleBinding({ members: ['userInfo: { username: ci }'] }),
  good: exampleBinding(),
});
