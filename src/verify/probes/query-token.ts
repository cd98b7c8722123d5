import type { Probe } from '../probe';

export const queryToken: Probe = {
  id: 'query-token',
  family: 'transport',
  title: 'Garbage in the query parameter access_token',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [{ variant: 'access_token in the query', credential: { kind: 'none' }, query: 'access_token=not.good.token' }],
  budget: { smoke: 0, standard: 1, full: 1 },
  twins: ['no-token', 'garbage-token'],
  breach: 'A query parameter in the place of a token opens the route.',
  fix: 'Read tokens from the Authorization header only, and verify them wherever they are read.',
  refs: ['RFC 6750 section 2.3', 'CWE-598'],
};
