import type { Probe } from '../probe';

export const cookieToken: Probe = {
  id: 'cookie-token',
  family: 'transport',
  title: 'Garbage in a cookie',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [
    {
      variant: 'token, access_token and Authorization as cookies',
      credential: { kind: 'none' },
      headers: [['Cookie', 'token=not.good.token; access_token=not.good.token; Authorization=not.good.token']],
    },
  ],
  budget: { smoke: 0, standard: 1, full: 1 },
  twins: ['no-token', 'garbage-token'],
  breach: 'A cookie in the place of a token opens the route, so any page can make a browser call it.',
  fix: 'Do not take tokens from cookies at an API; if one must, verify them and guard against cross-site requests.',
  refs: ['CWE-565', 'CWE-352'],
};
