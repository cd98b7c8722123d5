import { exampleSpec } from './example-objects';
import type { SchemaRuleFacts } from './schema-rule';

export const schemaNull: SchemaRuleFacts = {
  id: 'schema-null',
  severity: 'low',
  title: 'No field is null where null means nothing',
  why: 'The API server treats the field as absent, or fills in its default; whoever reads the manifest may take it for a setting.',
  fix: 'Leave the field out.',
  refs: ['Kubernetes: Extend the API with CustomResourceDefinitions, Defaulting and Nullable'],
  bad: exampleSpec('  timeout: null\n'),
  good: exampleSpec(''),
};
