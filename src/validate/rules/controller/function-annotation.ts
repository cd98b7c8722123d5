import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionAnnotation = problemRule({
  id: 'function-annotation',
  layer: 'controller',
  severity: 'high',
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'Annotations of a Function fit its Pods',
  why: 'The API server refuses annotations of the platform and the configuration of the sidecar, the controller refuses keys that Kubernetes does not take.',
  fix: 'Remove the annotation or rename its key.',
  refs: ['Kyma Function custom resource, spec.annotations'],
  bad: exampleFunction({ members: ["annotations: { proxy.istio.io/config: '{}' }"] }),
  good: exampleFunction({ members: ['annotations: { example.com/owner: shop }'] }),
});
