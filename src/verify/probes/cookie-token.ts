import type { Attempt, Probe } from '../probe';

const names = ['jwt', 'session', 'sid', 'id_token', 'auth', 'JSESSIONID', 'connect.sid', '__Host-token'];

export const cookieToken: Probe = {
  id: 'cookie-token',
  family: 'transport',
  title: 'A token of our own, or none, in a cookie',
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
    {
      variant: 'jwt, session and the like as cookies',
      credential: { kind: 'none' },
      headers: [['Cookie', names.map((name) => `${name}=not.good.token`).join('; ')]],
    },
    ...['access_token', 'token', 'jwt', 'session', 'id_token', 'Authorization'].map((cookie): Attempt => ({
      variant: `a token of our own key as ${cookie}`,
      credential: { kind: 'forged', recipe: { signature: { by: 'foreign-key' } } },
      place: { cookie },
    })),
  ],
  budget: { smoke: 0, standard: 1, full: 8 },
  twins: ['no-token', 'garbage-token', 'foreign-key'],
  breach: 'A cookie in the place of a token opens the route, so any page can make a browser call it.',
  fix: 'Do not take tokens from cookies at an API; if one must, verify them and guard against cross-site requests.',
  refs: ['CWE-565', 'CWE-352'],
};
