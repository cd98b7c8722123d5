import type { PlanStep } from '../workload-plan';
import { apiRuleSteps } from './api-rule-steps';
import { authorizerStep } from './authorizer-step';
import { closingStep, lateStep } from './policy-steps';
import { removalStep } from './removal-step';
import { sidecarStep } from './sidecar-step';
import type { PlanInput } from './plan-input';

/** The numbered way of a group: sidecar (0), policies, APIRules one by one, and what is to be cleaned up. */
export function stepsOf(input: PlanInput): readonly PlanStep[] {
  const { temporary, lasting, first } = input.companions;
  const early = first && temporary.length + lasting.length > 0;
  const numbered = [
    ...authorizerStep(input),
    ...(early ? [closingStep(input)] : []),
    ...apiRuleSteps(input, early),
    ...(temporary.length > 0 && early ? [removalStep(input)] : []),
    ...(!early && lasting.length > 0 ? [lateStep(input)] : []),
  ];
  return [...sidecarStep(input).map((step) => ({ number: 0, ...step })), ...numbered.map((step, at) => ({ number: at + 1, ...step }))];
}
