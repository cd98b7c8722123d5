import type { AuthorizationPolicy } from '../../model/istio';
import type { LiveCheck, LiveFinding } from './finding';
import { foreignObjects, namesOf, type Foreign } from './foreign-objects';

export const foreignPolicy: LiveCheck = {
  id: 'foreign-authorization-policy',
  severity: 'medium',
  title: 'Only APIRules admit callers to their workloads',
  why: 'Policies of a workload are one union: one that was made by hand admits or refuses callers beside every APIRule, and no APIRule shows it.',
  fix: 'Remove the policy if an APIRule says the same; else keep it as narrow as it can be.',
  check: (input) =>
    foreignObjects(input, 'AuthorizationPolicy', input.cluster.istio.authorizationPolicies).flatMap((foreign) => findingOf(foreign) ?? []),
};

function findingOf({ object, manifest, surely, perhaps }: Foreign<AuthorizationPolicy>): LiveFinding | undefined {
  const does = effectOf(object);
  if (does === undefined) return undefined;
  const severity = object.action === 'ALLOW' ? 'medium' : 'low';
  if (surely.length > 0) return { manifest, severity, message: `was not made of an APIRule and ${does} at ${namesOf(surely)}` };
  return {
    ...{ manifest, severity: 'low', undecided: true },
    message: `was not made of an APIRule; unknown whether it ${does} at ${namesOf(perhaps)}, because the labels of the Pods are not in the input`,
  };
}

/** What a policy does; nothing for one that only closes, as a workload should be from the start. */
function effectOf({ action, rules, provider }: AuthorizationPolicy): string | undefined {
  if (action === 'ALLOW') return rules.length > 0 ? 'admits callers' : undefined;
  if (action === 'DENY') return rules.length > 0 ? 'refuses callers' : undefined;
  return action === 'CUSTOM' ? `asks ${provider ?? 'an authorizer without a name'}` : undefined;
}
