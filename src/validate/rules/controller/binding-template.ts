import { problemRule } from '../../problem-rule';
import { exampleBinding } from './example-binding';

export const bindingTemplate = problemRule({
  id: 'binding-template',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceBinding.services.cloud.sap.com'],
  title: 'The template of a Secret makes a Secret',
  why: 'The operator refuses the template and writes no Secret; the binding never becomes ready.',
  fix: 'Close every action, and set only labels and annotations of the metadata.',
  refs: ['SAP BTP service operator, README: secretTemplate'],
  bad: exampleBinding({ members: ['secretTemplate: "metadata: { name: orders }"'] }),
  good: exampleBinding({ members: ['secretTemplate: "metadata: { labels: { team: shop } }"'] }),
});
