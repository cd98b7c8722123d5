import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

const marker = 'kyma-guard-marker';

export const reflectedClaims: Probe = {
  id: 'reflected-claims',
  family: 'signature',
  title: 'What a badly signed token says, repeated in the refusal',
  claim: 'protected',
  severity: 'low',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'issuer',
  attempts: [forged('a marked subject', { claims: { sub: marker, name: marker }, signature: { by: 'foreign-key' } })],
  budget: { smoke: 0, standard: 0, full: 1 },
  inspect: ({ text }) => (text.includes(marker) ? 'the refusal repeats a claim of the token' : undefined),
  twins: unsignedTwins,
  breach: 'Claims of a token are used before its signature is verified: they stand in the refusal.',
  fix: 'Verify first, read then; a refusal needs nothing from the token.',
  refs: ['RFC 8725 section 3.10', 'CWE-209'],
};
