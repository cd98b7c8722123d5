import type { Probe } from '../probe';

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
    { variant: 'exp one hour ago', credential: { kind: 'forged', recipe: { expiresInSeconds: -3600, signature: { by: 'test-key' } } } },
  ],
  budget: { smoke: 0, standard: 1, full: 2 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key'],
  breach: 'A token works for ever: whoever once saw one keeps his access.',
  fix: 'Check exp with a clock skew of at most a minute, also for tokens that were accepted before.',
  refs: ['RFC 7519 section 4.1.4', 'CWE-613'],
};
