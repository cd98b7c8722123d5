import { authorizerToName } from '../../translate/ext-auth';
import type { PlanInput, Step } from './plan-input';

/** What must be there before an APIRule with `extAuth` is taken: the authorizer, under the name that the rule gives. */
export function authorizerStep({ all }: PlanInput): Step[] {
  const rules = all.flatMap(({ apiRule }) => apiRule.rules);
  const names = [...new Set(rules.flatMap(({ access }) => (access.kind === 'extAuth' ? access.authorizers : [])))];
  if (names.length === 0) return [];
  const unnamed = names.includes(authorizerToName);
  return [
    {
      title: unnamed
        ? `Run an authorizer, register it in the Istio resource, and put its name in the place of ${authorizerToName}`
        : `See that the authorizers ${names.join(', ')} run and are registered in the Istio resource`,
      apply: ['Istio kyma-system/default'],
      remove: [],
      check: [
        `kubectl get istio default -n kyma-system -o jsonpath='{.spec.config.authorizers[*].name}'`,
        'kubectl get configmap istio -n istio-system -o yaml',
      ],
      meanwhile: 'Nothing changes: no rule asks the authorizer yet. The controller refuses an APIRule whose authorizer is not registered.',
      wayBack: 'Take the authorizer out of the Istio resource again.',
    },
  ];
}
