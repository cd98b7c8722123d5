import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const damagedSignature: Probe = {
  id: 'damaged-signature',
  family: 'signature',
  title: 'The good token with a spoilt signature',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: ['token'],
  core: false,
  per: 'issuer',
  attempts: [forged('spoilt signature', { signature: { by: 'damaged' } })],
  budget: { smoke: 0, standard: 1, full: 5 },
  twins: [...unsignedTwins, 'tampered-payload', 'signature-stripped'],
  breach: 'Only a part of the signature, or only its length, is looked at.',
  fix: 'Verify the whole signature with a library, for every request; key a cache of verified tokens by the whole token.',
  refs: ['CWE-347', 'RFC 7515 section 5.2'],
};
