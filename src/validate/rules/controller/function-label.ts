import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionLabel = problemRule({
  id: 'function-label',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'Labels of a Function fit its Pods',
  why: 'The API server refuses labels of the platform and long keys, the controller refuses values that Kubernetes does not take: no Pod starts.',
  fix: 'Rename the label or shorten its value: keys of at most 63 characters with their prefix, values of at most 63.',
  refs: ['Kyma Function custom resource, spec.labels', 'Kubernetes: labels and selectors'],
  bad: exampleFunction({ members: ['labels: { team: shop and orders }'] }),
  good: exampleFunction({ members: ['labels: { team: shop-and-orders }'] }),
});
