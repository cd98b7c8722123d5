import type { Probe } from '../probe';
import { forged } from './forged';

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
  attempts: [
    ...['HS256', 'HS512', 'HS384'].map((alg) =>
      forged(`${alg} with the public key`, { header: { alg }, signature: { by: 'public-key-hmac' } }),
    ),
    forged('HS256 with the public key, no kid', { header: { alg: 'HS256', kid: null }, signature: { by: 'public-key-hmac' } }),
  ],
  budget: { smoke: 2, standard: 8, full: 160 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key'],
  breach: 'The published key works as a shared secret: anybody can sign tokens with it.',
  fix: 'Bind each key to its own algorithm, and refuse symmetric algorithms for keys that are public.',
  refs: ['RFC 8725 section 3.1', 'CVE-2016-10555', 'CVE-2015-9235'],
};
