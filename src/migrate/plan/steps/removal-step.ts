import { policyRef } from '../companions/policy-object';
import { verifyCommands } from './commands';
import type { PlanInput, Step } from './plan-input';

/** The end of the temporary policies. */
export function removalStep({ companions, all }: PlanInput): Step {
  return {
    title: 'Delete the temporary policy, and its document from the companions file',
    apply: [],
    remove: companions.temporary.map(policyRef),
    check: all.flatMap((apiRule) => verifyCommands(apiRule).slice(1)),
    meanwhile: 'Nothing changes for callers: what the policy admits, the new rules admit or nobody sends any more.',
    wayBack: 'Apply the policy again.',
  };
}
