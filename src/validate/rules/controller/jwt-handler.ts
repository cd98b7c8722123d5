import { problemRule } from '../../problem-rule';
import { exampleConfigMap } from './example-gateway-objects';

export const jwtHandler = problemRule({
  id: 'jwt-handler',
  layer: 'controller',
  kinds: ['ConfigMap.'],
  severity: 'high',
  title: 'The configuration of the API gateway module names a handler for tokens',
  why: 'With another value the controller refuses every APIRule of the cluster, those of version v2 included, although they do not use it.',
  fix: 'Set jwtHandler to istio or ory, or remove the ConfigMap.',
  refs: ['Kyma documentation, API gateway module, JWT access strategy'],
  bad: exampleConfigMap('kyma-system', 'api-gateway-config', 'api-gateway-config', ['jwtHandler: envoy']),
  good: exampleConfigMap('kyma-system', 'api-gateway-config', 'api-gateway-config', ['jwtHandler: istio']),
});
