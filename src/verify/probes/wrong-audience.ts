import type { Endpoint } from '../endpoint';
import { otherCase } from './look-alikes';
import type { Attempt, Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

/** Nothing where a rule, or one alternative of it, asks for no audience. */
function attempts({ jwt }: Endpoint): Attempt[] {
  const lists = (jwt?.authorizations ?? []).map(({ audiences }) => audiences);
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
  };
  return Object.entries(variants)
    .filter(([, aud]) => !aud?.some((audience) => wanted.includes(audience)))
    .map(([variant, aud]) => forged(variant, { claims: { aud }, signature: { by: 'test-key' } }));
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
  budget: { smoke: 0, standard: 1, full: 7 },
  twins: [...unsignedTwins, 'wrong-issuer'],
  breach: 'A token that was issued for another API is accepted, or an audience that only looks like the right one.',
  fix: 'Compare aud with the audiences of the rule, character by character, each of them as a whole.',
  refs: ['RFC 8725 section 3.9', 'RFC 7519 section 4.1.3', 'CVE-2020-26160'],
};
