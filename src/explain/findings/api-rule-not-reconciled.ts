import type { LiveCheck } from './finding';

export const apiRuleNotReconciled: LiveCheck = {
  id: 'api-rule-not-reconciled',
  severity: 'medium',
  title: 'The controller has seen the last change of each APIRule',
  why: 'Until then the objects of the earlier spec are in force.',
  fix: 'Wait for the controller, or look at its log when it does not come by.',
  check: ({ statuses }) =>
    statuses.flatMap(({ manifest, lastReconcile, lastSpecChange }) => {
      if (lastReconcile === undefined || lastSpecChange === undefined) return [];
      if (!(Date.parse(lastSpecChange.time) > Date.parse(lastReconcile))) return [];
      const { manager, time } = lastSpecChange;
      return [
        {
          manifest,
          path: ['status', 'lastProcessedTime'],
          message: `was changed by ${manager} at ${time}, last reconciled at ${lastReconcile}`,
        },
      ];
    }),
};
