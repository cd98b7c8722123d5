import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const issuerSpelling: Probe = {
  id: 'issuer-spelling',
  family: 'claims',
  title: 'The issuer with a slash more',
  claim: 'protected',
  severity: 'info',
  impact: 'safe',
  profile: 'full',
  needs: ['signing-key'],
  core: false,
  per: 'issuer',
  attempts: [forged('a slash at the end', { claims: { iss: '{{issuer}}/' }, signature: { by: 'test-key' } })],
  budget: { smoke: 0, standard: 0, full: 1 },
  twins: [...unsignedTwins, 'wrong-issuer'],
  breach: 'The issuer is compared without its last slash: harmless while both spellings belong to the same one.',
  fix: 'Compare iss character by character.',
  refs: ['RFC 7519 section 4.1.1', 'RFC 8725 section 3.8'],
};
