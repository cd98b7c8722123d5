import { exampleSpec } from './example-objects';
import type { SchemaRuleFacts } from './schema-rule';

export const schemaCel: SchemaRuleFacts = {
  id: 'schema-cel',
  severity: 'high',
  also: { info: 'for a rule about changes when the earlier object is not in the input' },
  title: 'The rules that the definition of a kind carries hold',
  why: 'The API server refuses the whole object, so a deployment stops or the earlier object stays in force.',
  fix: 'Change the value as the message says.',
  refs: ['Kubernetes: Extend the API with CustomResourceDefinitions, Validation rules', 'Common Expression Language: language definition'],
  bad: exampleSpec('', '{ path: /*, methods: [GET], noAuth: false }'),
  good: exampleSpec('', '{ path: /*, methods: [GET], noAuth: true }'),
};
