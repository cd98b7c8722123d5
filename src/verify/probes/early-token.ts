import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const earlyToken: Probe = {
  id: 'early-token',
  family: 'claims',
  title: 'A token that is not valid yet',
  claim: 'protected',
  severity: 'low',
  impact: 'safe',
  profile: 'full',
  needs: ['signing-key'],
  core: false,
  per: 'issuer',
  attempts: [forged('nbf in an hour', { startsInSeconds: 3600, signature: { by: 'test-key' } })],
  budget: { smoke: 0, standard: 0, full: 1 },
  twins: [...unsignedTwins, 'expired-token'],
  breach: 'The claim nbf is not looked at: a token works before its time.',
  fix: 'Check nbf with a clock skew of at most a minute.',
  refs: ['RFC 7519 section 4.1.5'],
};
