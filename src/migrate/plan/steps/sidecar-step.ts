import { objectRef } from '../../../model/object-ref';
import type { PlanInput, Step } from './plan-input';
import { sidecarCommand } from './commands';

/** What must be there before: Pods with a sidecar. No step when the input shows that they have one. */
export function sidecarStep({ group, pods }: PlanInput): Step[] {
  const lacking = pods.filter(({ sidecar }) => sidecar === 'missing' || sidecar === 'refused');
  const untold = group.workloads.filter((workload) => {
    const own = pods.filter((found) => found.workload === workload);
    return own.length === 0 || own.some(({ sidecar }) => sidecar === 'unknown');
  });
  const check = group.workloads.flatMap(({ namespace, selector }) => (selector ? [sidecarCommand(namespace, selector)] : []));
  if (lacking.length > 0)
    return [
      {
        title:
          'Give the Pods a sidecar: label sidecar.istio.io/inject: "true" on their template, or istio-injection: enabled on the namespace',
        apply: lacking.map(({ pods: { manifest } }) => objectRef(manifest)),
        remove: [],
        check,
        meanwhile: 'The Pods start anew, one after another. Nothing is opened; the old rules stay in force.',
        wayBack: 'Take the label away again.',
      },
    ];
  if (untold.length === 0) return [];
  return [
    {
      title: 'See that the Pods have a sidecar (container istio-proxy), which the input does not tell; give them one if not',
      apply: [],
      remove: [],
      check,
      meanwhile: 'Nothing changes. Without a sidecar the controller refuses APIRules v2 and nothing enforces them.',
      wayBack: 'Nothing to take back.',
    },
  ];
}
