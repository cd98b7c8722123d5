import { exampleSpec } from './example-objects';
import type { SchemaRuleFacts } from './schema-rule';

export const schemaType: SchemaRuleFacts = {
  id: 'schema-type',
  severity: 'high',
  title: 'Values have the type that the definition of their kind gives them',
  why: 'The API server refuses the whole object, so a deployment stops or the earlier object stays in force.',
  fix: 'Give a value of the type that the message names.',
  refs: ['Kubernetes: Extend the API with CustomResourceDefinitions, Specifying a structural schema'],
  bad: exampleSpec('  timeout: 3s\n'),
  good: exampleSpec('  timeout: 3\n'),
};
