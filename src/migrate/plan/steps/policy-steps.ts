import { policyRef } from '../companions/policy-object';
import type { PlanSettings } from '../workload-plan';
import { stillAnswersCommand } from './commands';
import type { PlanInput, Step } from './plan-input';

/** The policies that close the workload before the first route changes. */
export function closingStep({ companions, all, settings }: PlanInput): Step {
  return {
    title: 'Close the Pods to everything but what the old and the new rules let through',
    apply: [...companions.temporary, ...companions.lasting].map(policyRef),
    remove: [],
    check: all.map(stillAnswersCommand),
    meanwhile: [
      'The old rules go on; the commands print what they printed before.',
      ...(companions.temporary.length > 0 ? ['Public paths answer only as far as the new rules keep them.'] : []),
      'What else leads to these Pods and is not in the input, other old APIRules or routes made by hand, is refused (403).',
      inCluster(settings),
    ].join(' '),
    wayBack: 'Delete the policies: everything is as before.',
  };
}

/** The policies where they would shut out old rules if they came first. */
export function lateStep({ companions, settings }: PlanInput): Step {
  return {
    title: 'Keep the Pods closed when rules change later',
    apply: companions.lasting.map(policyRef),
    remove: [],
    check: companions.lasting.map(
      (policy) => `kubectl get ${policyRef(policy).replace(/^AuthorizationPolicy (.*)\/(.*)$/, 'authorizationpolicy $2 -n $1')}`,
    ),
    meanwhile: `The plan is done. ${inCluster(settings)}`,
    wayBack: 'Delete the policies.',
  };
}

function inCluster({ internalCallers }: PlanSettings): string {
  if (!internalCallers) return 'Callers inside the cluster are refused (403) from here on.';
  if (internalCallers.kind === 'anybody') return 'Every caller inside the cluster is let in without a token.';
  const named = [...internalCallers.namespaces.map((name) => `namespace ${name}`), ...internalCallers.principals];
  return `Callers inside the cluster are refused (403) from here on, but for ${named.join(', ')}.`;
}
