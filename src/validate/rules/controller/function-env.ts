import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionEnv = problemRule({
  id: 'function-env',
  layer: 'controller',
  severity: 'high',
  also: { medium: 'for a name that is given twice or overwritten' },
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'Every environment variable of a Function arrives under its name',
  why: 'Reserved names are refused by the API server, others by the controller, and what the platform sets itself never reaches the handler.',
  fix: 'Rename the variable, and give each name and each source once.',
  refs: ['Kyma Function custom resource, spec.env', 'Kubernetes: environment variable names'],
  bad: exampleFunction({ members: ["env: [{ name: FUNC_PORT, value: '80' }]"] }),
  good: exampleFunction({ members: ["env: [{ name: ORDERS_PORT, value: '80' }]"] }),
});
