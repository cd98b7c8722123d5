import { problemRule } from '../../problem-rule';
import { exampleBinding } from './example-binding';

export const bindingExternalName = problemRule({
  id: 'binding-external-name',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceBinding.services.cloud.sap.com'],
  title: 'The name of a binding at its service has at most 100 characters',
  why: 'The API server refuses a longer one, also when the operator takes it from metadata.name.',
  fix: 'Give a shorter spec.externalName.',
  refs: ['ServiceBinding custom resource, spec.externalName'],
  bad: exampleBinding({ members: [`externalName: ${'x'.repeat(101)}`] }),
  good: exampleBinding({ members: [`externalName: ${'x'.repeat(100)}`] }),
});
