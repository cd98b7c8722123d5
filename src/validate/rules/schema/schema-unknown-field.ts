import { exampleSpec } from './example-objects';
import type { SchemaRuleFacts } from './schema-rule';

const jwt = (members: string): string =>
  `{ path: /*, methods: [GET], jwt: { ${members.replace('ENTRY', 'issuer: https://id.example.com, jwksUri: https://id.example.com/keys')} } }`;

export const schemaUnknownField: SchemaRuleFacts = {
  id: 'schema-unknown-field',
  severity: 'high',
  title: 'Every field is one that the definition of its kind lists',
  why: 'The API server drops fields that it does not know without a word: an audience or a scope in the wrong place is simply never checked.',
  fix: 'Move or rename the field as the message says, or remove it.',
  refs: ['Kubernetes: Extend the API with CustomResourceDefinitions, Field pruning', 'CWE-1220'],
  bad: exampleSpec('', jwt('authentications: [{ ENTRY, audiences: [orders] }]')),
  good: exampleSpec('', jwt('authentications: [{ ENTRY }], authorizations: [{ audiences: [orders] }]')),
};
