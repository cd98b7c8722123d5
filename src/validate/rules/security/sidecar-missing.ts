import type { SetRule } from '../../rule';
import { exposedPods } from '../../pods-of';
import { isMisplaced } from '../../../model/sidecar-of';
import { exampleApiRule, exampleJwt } from './example-api-rule';
import { documents, exampleFunction, exampleNamespace } from './example-workload';

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

export const sidecarMissing: SetRule = {
  id: 'sidecar-missing',
  layer: 'security',
  severity: 'medium',
  also: { low: 'when the namespace of a Function is not in the input', info: 'when that of another workload is not' },
  title: 'Exposed Pods ask for an Istio sidecar',
  why: 'Kyma injects no sidecar unless the Pods or their namespace ask for it. Without one the controller refuses the APIRule, and nothing enforces its rules.',
  fix: 'Set sidecar.istio.io/inject: "true" on the Pods (spec.labels of a Function), or istio-injection: enabled on the namespace.',
  refs: ['Kyma documentation, Istio, Enable sidecar proxy injection', 'CWE-306'],
  bad: documents(rule, exampleNamespace(), exampleFunction()),
  good: documents(rule, exampleNamespace('istio-injection: enabled'), exampleFunction()),
  *checkSet(input) {
    for (const { pods, sidecar, exposure } of exposedPods(input)) {
      const isFunction = pods.manifest.kind === 'Function';
      // A label at the wrong place has a rule of its own.
      if (sidecar !== 'missing' && (sidecar !== 'unknown' || isMisplaced(pods))) continue;
      const where =
        sidecar === 'missing' ? `nor does namespace ${exposure.namespace}` : `and namespace ${exposure.namespace} is not in the input`;
      const misplaced = isMisplaced(pods) ? '; metadata of the Function does not reach its Pods' : '';
      yield {
        manifest: pods.manifest,
        path: pods.labelsPath,
        message: `its Pods do not ask for a sidecar, ${where}${misplaced}; one of them should`,
        // The namespaces of other workloads ask for it most of the time.
        ...(sidecar === 'unknown' && { severity: isFunction ? ('low' as const) : ('info' as const) }),
      };
    }
  },
};
