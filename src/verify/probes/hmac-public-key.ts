import type { Probe } from '../probe';

export const hmacPublicKey: Probe = {
  id: 'hmac-public-key',
  family: 'signature',
  title: 'RS256 turned into HS256, with the public key as the secret',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'smoke',
  needs: ['keys'],
  core: true,
  per: 'issuer',
  attempts: [{ variant: 'HS256 with the public key', credential: { kind: 'forged', recipe: { signature: { by: 'public-key-hmac' } } } }],
  budget: { smoke: 2, standard: 8, full: 60 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key'],
  breach: 'The published key works as a shared secret: anybody can sign tokens with it.',
  fix: 'Bind each key to its own algorithm, and refuse symmetric algorithms for keys that are public.',
  refs: ['RFC 8725 section 3.1', 'CVE-2016-10555', 'CVE-2015-9235'],
};
