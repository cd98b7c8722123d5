import type { RequestAuthentication } from '../../model/istio';
import { groupBy } from '../../model/group-by';
import type { LiveCheck, LiveFinding, LiveInput } from './finding';
import { foreignObjects, namesOf, type Foreign } from './foreign-objects';

export const foreignAuthentication: LiveCheck = {
  id: 'foreign-request-authentication',
  severity: 'medium',
  title: 'Only APIRules say whose tokens their workloads accept',
  why: 'Issuers of all RequestAuthentications of a workload count on every path: tokens of one more issuer are valid there, and bad ones are refused even on public paths.',
  fix: 'Name the issuer in the APIRule that needs it, and remove the RequestAuthentication.',
  check: (input) => {
    const trusted = issuersByWorkload(input);
    return foreignObjects(input, 'RequestAuthentication', input.cluster.istio.requestAuthentications).map((foreign) =>
      findingOf(foreign, trusted),
    );
  },
};

/** Issuers that the APIRules in front of each Service trust. */
function issuersByWorkload({ cluster }: LiveInput): ReadonlyMap<string, readonly string[]> {
  const pairs = cluster.apiRules.flatMap((apiRule) =>
    apiRule.rules.flatMap((rule) => {
      const service = rule.service ?? apiRule.service;
      const namespace = rule.service?.namespace ?? apiRule.service?.namespace ?? apiRule.namespace;
      const jwt = rule.access.kind === 'jwt' ? rule.access.jwt : rule.access.kind === 'extAuth' ? rule.access.restrictions : undefined;
      return (jwt?.authentications ?? []).map(({ issuer }) => ({ workload: `${namespace}/${service?.name ?? ''}`, issuer }));
    }),
  );
  return new Map([...groupBy(pairs, ({ workload }) => workload)].map(([workload, all]) => [workload, all.map(({ issuer }) => issuer)]));
}

function findingOf(
  { object, manifest, surely, perhaps }: Foreign<RequestAuthentication>,
  trusted: ReadonlyMap<string, readonly string[]>,
): LiveFinding {
  const issuers = [...new Set(object.jwtRules.map(({ issuer }) => issuer))];
  const accepts = issuers.length === 0 ? 'accepts no tokens' : `accepts tokens of ${issuers.join(', ')}`;
  if (surely.length === 0) {
    return {
      ...{ manifest, severity: 'low', undecided: true },
      message: `was not made of an APIRule; unknown whether it ${accepts} at ${namesOf(perhaps)}, because the labels of the Pods are not in the input`,
    };
  }
  const isKnown = surely.every(({ name }) => issuers.every((issuer) => trusted.get(name)?.includes(issuer)));
  return { manifest, severity: isKnown ? 'low' : 'medium', message: `was not made of an APIRule and ${accepts} at ${namesOf(surely)}` };
}
