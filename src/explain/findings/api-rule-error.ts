import type { LiveCheck } from './finding';

export const apiRuleError: LiveCheck = {
  id: 'api-rule-error',
  severity: 'high',
  title: 'The controller accepts each APIRule',
  why: 'In state Error nothing of the APIRule reaches the data plane: the objects of its last good state, or none, stay in force.',
  fix: 'Correct what the description names, then wait for the controller or change the APIRule once more.',
  check: ({ statuses }) =>
    statuses
      .filter(({ state }) => state === 'Error' || state === 'Warning')
      .map(({ state, description = 'no description', manifest }) => ({
        manifest,
        path: ['status', 'state'],
        ...(state === 'Warning' && { severity: 'medium' as const }),
        message: `state ${state}: ${description}`,
      })),
};
