import type { Probe } from '../probe';

export const sessionCookie: Probe = {
  id: 'session-cookie',
  family: 'platform',
  title: 'A cookie that a good call sets, in the place of the token',
  claim: 'protected',
  severity: 'medium',
  impact: 'safe',
  profile: 'full',
  needs: ['token'],
  core: false,
  per: 'endpoint',
  attempts: [
    {
      variant: 'the cookies of the good call',
      credential: { kind: 'none' },
      before: { attempts: [{ variant: 'the good call', credential: { kind: 'valid' } }], how: 'cookies' },
    },
  ],
  budget: { smoke: 0, standard: 0, full: 2 },
  evidence: 'control',
  twins: ['no-token', 'cookie-token', 'cached-answer', 'connection-reuse'],
  breach: 'A token is exchanged for a session without asking: it outlives the token, and pages of others can use it.',
  fix: 'Set no session at an API that takes tokens; if one is wanted, end it with the token and guard it against cross-site requests.',
  refs: ['CWE-613', 'CWE-384', 'CWE-352'],
};
