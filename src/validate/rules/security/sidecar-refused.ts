import type { SetRule } from '../../rule';
import { exposedPods } from '../../pods-of';
import { exampleApiRule, exampleJwt } from './example-api-rule';
import { documents, exampleDeployment, exampleService } from './example-workload';

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

export const sidecarRefused: SetRule = {
  id: 'sidecar-refused',
  layer: 'security',
  severity: 'high',
  title: 'Exposed Pods have an Istio sidecar',
  why: 'The sidecar enforces every rule. The controller refuses an APIRule whose Pods have none, and a route of earlier days then leads to Pods that check nothing.',
  fix: 'Set the label sidecar.istio.io/inject to "true" on the Pods.',
  refs: ['Kyma documentation, APIRule, A Workload Must Be in the Istio Service Mesh', 'CWE-306'],
  bad: documents(rule, exampleService, exampleDeployment("sidecar.istio.io/inject: 'false'")),
  good: documents(rule, exampleService, exampleDeployment("sidecar.istio.io/inject: 'true'")),
  *checkSet(input) {
    for (const { pods, sidecar, exposure } of exposedPods(input)) {
      if (sidecar !== 'refused') continue;
      const { apiRule, index, namespace } = exposure;
      yield {
        manifest: pods.manifest,
        path: pods.labelsPath,
        message: `its Pods get no sidecar, but APIRule ${apiRule.namespace}/${apiRule.name} exposes them; injection should be on`,
        reason: `Attribute '.spec.rules[${index}]': Pod ${namespace}/… does not have an injected istio sidecar`,
      };
    }
  },
};
