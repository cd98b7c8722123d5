import { exampleSpec } from './example-objects';
import type { SchemaRuleFacts } from './schema-rule';

export const schemaRequired: SchemaRuleFacts = {
  id: 'schema-required',
  severity: 'high',
  title: 'Fields that the definition of a kind requires are there',
  why: 'The API server refuses the whole object, so a deployment stops or the earlier object stays in force.',
  fix: 'Add the field.',
  refs: ['Kubernetes: Extend the API with CustomResourceDefinitions, Specifying a structural schema'],
  bad: exampleSpec('', '{ path: /*, noAuth: true }'),
  good: exampleSpec('', '{ path: /*, methods: [GET], noAuth: true }'),
};
