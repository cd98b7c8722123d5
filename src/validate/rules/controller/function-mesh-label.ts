import { problemRule } from '../../problem-rule';
import { exampleFunction } from './example-function';

export const functionMeshLabel = problemRule({
  id: 'function-mesh-label',
  layer: 'controller',
  severity: 'medium',
  also: { low: 'when it stands under spec.labels, too' },
  kinds: ['Function.serverless.kyma-project.io'],
  title: 'A Function that is exposed has its mesh label on its Pods',
  why: 'Without a sidecar nothing enforces the rules of an APIRule, which the controller then refuses, and every Pod of the cluster can call the Function. The label works under spec.labels only.',
  fix: 'Give spec.labels the label sidecar.istio.io/inject: "true".',
  refs: ['Kyma Function custom resource, spec.labels', 'Istio: installing the sidecar'],
  bad: exampleFunction({ metadata: "labels: { sidecar.istio.io/inject: 'true' }" }),
  good: exampleFunction({ members: ["labels: { sidecar.istio.io/inject: 'true' }"] }),
});
