import { exampleSpec } from './example-objects';
import type { SchemaRuleFacts } from './schema-rule';

export const schemaValue: SchemaRuleFacts = {
  id: 'schema-value',
  severity: 'high',
  title: 'Values are among those that the definition of their kind allows',
  why: 'The API server refuses the whole object, so a deployment stops or the earlier object stays in force.',
  fix: 'Give a value as the message describes it.',
  refs: ['Kubernetes: Extend the API with CustomResourceDefinitions, Validation', 'Kyma: APIRule custom resource, spec.rules.path'],
  bad: exampleSpec('', '{ path: "/orders/.*", methods: [GET], noAuth: true }'),
  good: exampleSpec('', '{ path: "/orders/{**}", methods: [GET], noAuth: true }'),
};
