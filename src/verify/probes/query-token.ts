import type { Attempt, Probe } from '../probe';

export const queryToken: Probe = {
  id: 'query-token',
  family: 'transport',
  title: 'A token of our own, or none, in the query',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [
    { variant: 'access_token in the query', credential: { kind: 'none' }, query: 'access_token=not.good.token' },
    {
      variant: 'other names in the query',
      credential: { kind: 'none' },
      query: ['token', 'jwt', 'id_token', 'auth', 'bearer', 'api_key', 'apikey', 'authorization']
        .map((name) => `${name}=not.good.token`)
        .join('&'),
    },
    ...['access_token', 'token', 'jwt', 'id_token'].map((parameter): Attempt => ({
      variant: `a token of our own key as ${parameter}`,
      credential: { kind: 'forged', recipe: { signature: { by: 'foreign-key' } } },
      place: { parameter },
    })),
  ],
  budget: { smoke: 0, standard: 1, full: 6 },
  twins: ['no-token', 'garbage-token', 'foreign-key'],
  breach: 'A query parameter in the place of a token opens the route.',
  fix: 'Read tokens from the Authorization header only, and verify them wherever they are read.',
  refs: ['RFC 6750 section 2.3', 'CWE-598'],
};
