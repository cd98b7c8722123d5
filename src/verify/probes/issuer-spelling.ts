import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const issuerSpelling: Probe = {
  id: 'issuer-spelling',
  family: 'claims',
  title: 'The issuer in another spelling',
  claim: 'protected',
  severity: 'info',
  impact: 'safe',
  profile: 'full',
  needs: ['signing-key'],
  core: false,
  per: 'issuer',
  attempts: [
    forged('a slash at the end', { claims: { iss: '{{issuer}}/' }, signature: { by: 'test-key' } }),
    forged('the other scheme', { claims: { iss: '{{issuerOfOtherScheme}}' }, signature: { by: 'test-key' } }),
    forged('capital letters', { claims: { iss: '{{issuerInCapitals}}' }, signature: { by: 'test-key' } }),
  ],
  budget: { smoke: 0, standard: 0, full: 3 },
  twins: [...unsignedTwins, 'wrong-issuer'],
  breach: 'The issuer is compared without its last slash, its scheme or its letters: harmless while both spellings belong to the same one.',
  fix: 'Compare iss character by character.',
  refs: ['RFC 7519 section 4.1.1', 'RFC 8725 section 3.8'],
};
