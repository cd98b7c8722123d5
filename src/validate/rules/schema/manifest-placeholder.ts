import { exampleSpec } from './example-objects';
import type { SchemaRuleFacts } from './schema-rule';

export const manifestPlaceholder: SchemaRuleFacts = {
  id: 'manifest-placeholder',
  severity: 'medium',
  title: 'No placeholder is left in a manifest',
  why: 'What stands for a value is no value: the object is refused, or names a host, a Secret or a client that nobody has.',
  fix: 'Check the manifests that the templating tool prints, after it filled in all values.',
  refs: ['Helm: helm template', 'Kustomize: replacements'],
  bad: exampleSpec('').replace('orders.example.com', '"orders.${CLUSTER_DOMAIN}"'),
  good: exampleSpec(''),
};
