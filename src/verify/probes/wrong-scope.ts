import type { Endpoint } from '../endpoint';
import { otherCase, someOfThem, withoutDots } from './look-alikes';
import type { Attempt, Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

/** Nothing where a rule, or one alternative of it, asks for no scope. */
function attempts({ jwt }: Endpoint): Attempt[] {
  const lists = (jwt?.authorizations ?? []).map(({ requiredScopes }) => requiredScopes);
  if (lists.length === 0 || lists.some((list) => list.length === 0)) return [];
  const wanted = lists.flat();
  const variants: Readonly<Record<string, string[]>> = {
    'longer scope': wanted.map((scope) => `${scope}Metadata`),
    'scope with something before': wanted.map((scope) => `x${scope}`),
    'no scope': [],
    'scope in other letters': wanted.map(otherCase),
    'shorter scope': wanted.map((scope) => scope.slice(0, -1)),
    'scopes joined by commas': [['kyma-guard', ...wanted].join(',')],
    'scope with a letter for its dot': wanted.map(withoutDots),
  };
  const listed = Object.entries(variants)
    .filter(([, scope]) => !scope.some((name) => wanted.includes(name)))
    .map(([variant, scope]) => wearing(variant, { scope }));
  const parts = Object.entries(someOfThem(lists)).map(([variant, scope]) => wearing(`${variant} scopes`, { scope }));
  return [
    ...parts,
    ...listed.slice(0, 2),
    wearing('scope in another claim', { authorities: wanted, roles: wanted, groups: wanted }),
    ...listed.slice(2),
  ];
}

/** Kyma reads scopes from scp, scope and scopes. */
function wearing(variant: string, claims: Readonly<Record<string, string[]>>): Attempt {
  return forged(variant, { claims: { scope: null, scp: null, scopes: null, ...claims }, signature: { by: 'test-key' } });
}

export const wrongScope: Probe = {
  id: 'wrong-scope',
  family: 'claims',
  title: 'A token with a scope that only looks right',
  claim: 'protected',
  severity: 'high',
  impact: 'safe',
  profile: 'standard',
  needs: ['signing-key'],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 1, full: 10 },
  twins: [...unsignedTwins, 'wrong-issuer'],
  breach: 'A scope that contains, extends or resembles the right one, or one of several that must be held together, opens the route.',
  fix: 'Compare scopes as whole words, in the claim that the issuer puts them into.',
  refs: ['CWE-863', 'RFC 6749 section 3.3', 'OWASP API5:2023'],
};
