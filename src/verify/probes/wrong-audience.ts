import type { Authorization } from '../../model/api-rule';
import type { Endpoint } from '../endpoint';
import { otherCase, someOfThem, withoutDots } from './look-alikes';
import type { Attempt, Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

function attempts({ jwt }: Endpoint): Attempt[] {
  const { authorizations = [] } = jwt ?? {};
  return [...alone(authorizations.map(({ audiences }) => audiences)), ...crossed(authorizations)];
}

/** Other audiences under the scopes of the good token. Nothing where a rule, or one alternative of it, asks for no audience. */
function alone(lists: readonly (readonly string[])[]): Attempt[] {
  if (lists.length === 0 || lists.some((list) => list.length === 0)) return [];
  const wanted = lists.flat();
  const variants: Readonly<Record<string, string[] | null>> = {
    'longer audience': wanted.map((audience) => `${audience}.kyma-guard`),
    'audience with something before': wanted.map((audience) => `kyma-guard.${audience}`),
    'another audience': ['kyma-guard'],
    'no audience': null,
    'an empty list of audiences': [],
    'shorter audience': wanted.map((audience) => audience.slice(0, -1)),
    'audience in other letters': wanted.map(otherCase),
    'audience with a letter for its dot': wanted.map(withoutDots),
  };
  const look = Object.entries(variants).filter(([, aud]) => !aud?.some((audience) => wanted.includes(audience)));
  const parts = Object.entries(someOfThem(lists)).map(([variant, aud]) => [`${variant} audiences`, aud] as const);
  return [...parts, ...look].map(([variant, aud]) => forged(variant, { claims: { aud }, signature: { by: 'test-key' } }));
}

/** Enough of each kind, and not together: the scopes of one alternative and the audiences of another. */
function crossed(authorizations: readonly Authorization[]): Attempt[] {
  const pairs = authorizations.flatMap(({ requiredScopes }) => authorizations.map(({ audiences }) => ({ requiredScopes, audiences })));
  const pair = pairs.find((held) => !authorizations.some((asked) => holds(held, asked)));
  if (!pair) return [];
  const claims = { scp: null, scopes: null, scope: [...pair.requiredScopes], aud: [...pair.audiences] };
  return [forged('scopes of one authorization, audiences of another', { claims, signature: { by: 'test-key' } })];
}

function holds(held: Authorization, asked: Authorization): boolean {
  return (
    asked.requiredScopes.every((scope) => held.requiredScopes.includes(scope)) &&
    asked.audiences.every((audience) => held.audiences.includes(audience))
  );
}

export const wrongAudience: Probe = {
  id: 'wrong-audience',
  family: 'claims',
  title: 'A token for another audience',
  claim: 'protected',
  severity: 'high',
  impact: 'safe',
  profile: 'standard',
  needs: ['signing-key'],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 1, full: 11 },
  twins: [...unsignedTwins, 'wrong-issuer'],
  breach:
    'A token that was issued for another API is accepted, or an audience that only looks like the right one, or is one of several that must be there together.',
  fix: 'Compare aud with the audiences of the rule, character by character, each of them as a whole.',
  refs: ['RFC 8725 section 3.9', 'RFC 7519 section 4.1.3', 'CVE-2020-26160'],
};
