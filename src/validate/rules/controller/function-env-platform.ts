import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionEnvPlatform = problemRule({
  id: 'function-env-platform',
  layer: 'controller',
  severity: 'low',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'A Function leaves the variables of the platform alone',
  why: 'Such a variable is admitted and wins over that of the platform: telemetry then carries another name, and events and traces go elsewhere.',
  fix: 'Rename the variable, unless the platform should see the other value.',
  refs: ['Kyma Function custom resource, spec.env', 'Kyma Function environment variables'],
  bad: exampleFunction({ members: ['env: [{ name: PUBLISHER_PROXY_ADDRESS, value: http://proxy.shop }]'] }),
  good: exampleFunction({ members: ['env: [{ name: PROXY_ADDRESS, value: http://proxy.shop }]'] }),
});
