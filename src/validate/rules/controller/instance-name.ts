import { problemRule } from '../../problem-rule';
import { exampleInstance } from './example-instance';

export const instanceName = problemRule({
  id: 'instance-name',
  layer: 'controller',
  severity: 'high',
  kinds: ['ServiceInstance.services.cloud.sap.com'],
  title: 'A ServiceInstance has a name that the API server takes',
  why: 'The API server refuses the object.',
  fix: 'Give a-z, 0-9, "-" and ".", at most 253 characters.',
  refs: ['Kubernetes: object names and IDs'],
  bad: exampleInstance({ name: 'Orders' }),
  good: exampleInstance({ name: 'orders.eu' }),
});
