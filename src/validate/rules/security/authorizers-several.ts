import { exposuresByWorkload, type Exposure } from '../../exposures-of';
import { policiesOn } from '../../policies-on';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleApiRule } from './example-api-rule';

const one = '{ path: /a, methods: [GET], extAuth: { authorizers: [proxy] } }';

export const authorizersSeveral: SetRule = {
  id: 'authorizers-several',
  layer: 'security',
  severity: 'medium',
  title: 'One workload asks one external authorizer',
  why: 'Istio supports one provider for each workload unless istiod is told otherwise, which Kyma does not do: with a second one the rules refuse every request.',
  fix: 'Use one authorizer for all rules of the workload, or give each its own workload.',
  refs: ['Istio documentation, External Authorization, multiple providers', 'Kyma documentation, APIRule, external authorization'],
  bad: exampleApiRule([one, '{ path: /b, methods: [GET], extAuth: { authorizers: [other] } }']),
  good: exampleApiRule([one, '{ path: /b, methods: [GET], extAuth: { authorizers: [proxy] } }']),
  *checkSet(input) {
    for (const exposures of exposuresByWorkload(input).values()) yield* findings(input, exposures);
  },
};

function findings(input: SetInput, exposures: readonly Exposure[]): Finding[] {
  const [first] = exposures;
  if (!first) return [];
  const seen = new Map(handMadeProviders(input, first).map((provider) => [provider, 'an AuthorizationPolicy of the input']));
  return exposures.flatMap(({ apiRule, rule, index }) => {
    if (rule.access.kind !== 'extAuth') return [];
    return rule.access.authorizers.flatMap((authorizer, position) => {
      const [other] = [...seen].find(([name]) => name !== authorizer) ?? [];
      const known = seen.has(authorizer);
      seen.set(authorizer, `spec.rules[${index}]`);
      if (other === undefined || known) return [];
      const message = `names ${authorizer}, but ${seen.get(other) ?? ''} has ${other} on the same Pods; it should be one authorizer`;
      return [{ manifest: apiRule.manifest, path: ['spec', 'rules', index, 'extAuth', 'authorizers', position], message }];
    });
  });
}

function handMadeProviders(input: SetInput, { workload }: Exposure): string[] {
  return policiesOn(input, 'CUSTOM', workload).flatMap(({ provider }) => (provider === undefined ? [] : [provider]));
}
