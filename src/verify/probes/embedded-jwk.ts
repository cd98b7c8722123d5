import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const embeddedJwk: Probe = {
  id: 'embedded-jwk',
  family: 'header',
  title: 'A token that brings its own key: jwk',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'issuer',
  attempts: [
    forged('the kid of the issuer', { embed: 'jwk', signature: { by: 'foreign-key' } }),
    forged('a kid of its own', { embed: 'jwk', header: { kid: 'kyma-guard' }, signature: { by: 'foreign-key' } }),
    forged('no kid', { embed: 'jwk', header: { kid: null }, signature: { by: 'foreign-key' } }),
    forged('a symmetric key', {
      header: { alg: 'HS256', jwk: { kty: 'oct', k: 'a3ltYS1ndWFyZA' } },
      signature: { by: 'hmac', secrets: { 'the key itself': 'kyma-guard' } },
    }),
  ],
  budget: { smoke: 0, standard: 1, full: 4 },
  twins: unsignedTwins,
  breach: 'The token itself says which key it is verified with: anybody can write one.',
  fix: 'Take keys from the configured key set only; ignore the header member jwk.',
  refs: ['CVE-2018-0114', 'RFC 8725 section 3.10', 'RFC 7515 section 4.1.3'],
};
