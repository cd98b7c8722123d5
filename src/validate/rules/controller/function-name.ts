import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionName = problemRule({
  id: 'function-name',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'The name of a Function can name its Service',
  why: 'The controller makes a Service of the same name. A name that the CRD takes and a Service does not leaves the Function without a Service, and the APIRule in front of it without a target.',
  fix: 'Rename the Function: a letter first, then a-z, 0-9 and "-", at most 63 characters.',
  refs: ['Kyma Function custom resource, metadata.name', 'RFC 1035 section 2.3.1'],
  bad: exampleFunction({ name: '1st-orders' }),
  good: exampleFunction({ name: 'orders-1st' }),
});
