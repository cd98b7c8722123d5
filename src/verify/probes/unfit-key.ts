import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const unfitKey: Probe = {
  id: 'unfit-key',
  family: 'signature',
  title: 'A token signed with a key that must not sign: withdrawn, or meant for encryption',
  claim: 'protected',
  severity: 'medium',
  impact: 'safe',
  profile: 'full',
  needs: ['signing-key'],
  core: false,
  per: 'issuer',
  attempts: [forged('a key of the issuer', { signature: { by: 'unfit-key' } })],
  budget: { smoke: 0, standard: 0, full: 2 },
  twins: unsignedTwins,
  breach:
    'A key counts although the issuer does not publish it for signatures, or no longer: what made it withdraw the key is of no effect. Within the time that the gateway caches keys (20 minutes in Istio) this is no finding.',
  fix: 'Take keys from the published set only, read it again every few minutes, and skip those with another use than sig.',
  refs: ['RFC 7517 section 4.2', 'NIST SP 800-57 Part 1 section 5.3'],
};
