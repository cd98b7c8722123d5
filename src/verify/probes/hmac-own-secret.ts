import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const hmacOwnSecret: Probe = {
  id: 'hmac-own-secret',
  family: 'signature',
  title: 'A token signed with the client’s own secret',
  claim: 'protected',
  severity: 'high',
  impact: 'safe',
  profile: 'full',
  needs: ['secret-probes'],
  core: false,
  per: 'issuer',
  attempts: [
    forged('HS256', { signature: { by: 'own-secret-hmac' } }),
    forged('HS256 without kid', { header: { kid: null }, signature: { by: 'own-secret-hmac' } }),
  ],
  budget: { smoke: 0, standard: 0, full: 8 },
  twins: [...unsignedTwins, 'hmac-public-key', 'hmac-empty-secret', 'hmac-weak-secret'],
  breach: 'A client can sign tokens with its own secret, for any user and any scope.',
  fix: 'Accept the issuer’s asymmetric signatures only; client secrets are for the token endpoint.',
  refs: ['OpenID Connect Core 1.0 section 10.1', 'RFC 8725 section 3.1'],
};
