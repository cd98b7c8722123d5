import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const compressedToken: Probe = {
  id: 'compressed-token',
  family: 'header',
  title: 'A token whose claims are compressed',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'issuer',
  attempts: [
    forged('zip DEF', { header: { zip: 'DEF' }, payload: 'deflated', signature: { by: 'foreign-key' } }),
    forged('zip DEF over plain claims', { header: { zip: 'DEF' }, signature: { by: 'foreign-key' } }),
  ],
  budget: { smoke: 0, standard: 0, full: 2 },
  twins: unsignedTwins,
  breach: 'The member zip leads the verifier past its check of the signature.',
  fix: 'Refuse zip in signed tokens; only encryption knows it.',
  refs: ['RFC 7516 section 4.1.3', 'RFC 8725 section 3.6'],
};
