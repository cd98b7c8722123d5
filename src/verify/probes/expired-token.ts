import type { Probe } from '../probe';
import { forged } from './forged';

export const expiredToken: Probe = {
  id: 'expired-token',
  family: 'claims',
  title: 'A token that ended an hour ago',
  claim: 'protected',
  severity: 'high',
  impact: 'safe',
  profile: 'standard',
  needs: ['signing-key'],
  core: false,
  per: 'issuer',
  attempts: [
    forged('exp one hour ago', { expiresInSeconds: -3600, signature: { by: 'test-key' } }),
    forged('exp one day ago', { expiresInSeconds: -86_400, signature: { by: 'test-key' } }),
    forged('exp as a text, in the past', { claims: { exp: '1577836800' }, signature: { by: 'test-key' } }),
    forged('exp negative', { claims: { exp: -1 }, signature: { by: 'test-key' } }),
    forged('exp in a list, in the past', { claims: { exp: [1577836800] }, signature: { by: 'test-key' } }),
  ],
  budget: { smoke: 0, standard: 1, full: 5 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key'],
  breach: 'A token works for ever: whoever once saw one keeps his access.',
  fix: 'Check exp with a clock skew of at most a minute, also for tokens that were accepted before.',
  refs: ['RFC 7519 section 4.1.4', 'CWE-613'],
};
