import type { Attempt, Probe } from '../probe';

const values = ['Bearer', 'Bearer ', '', 'Bearer null', 'Bearer undefined', 'Bearer ""', 'Bearer {}', 'Bearer 0'];

const attempts = values.map((value): Attempt => ({
  variant: value === '' ? 'empty Authorization' : `Authorization: ${value.trimEnd()}${value.endsWith(' ') ? ' and a blank' : ''}`,
  credential: { kind: 'none' },
  headers: [['Authorization', value]],
}));

export const emptyToken: Probe = {
  id: 'empty-token',
  title: 'An empty or placeholder token',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: true,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 4, full: 8 },
  twins: ['no-token'],
  breach: 'A header without any token opens the route: whoever checks only that it is there lets everybody in.',
  fix: 'Refuse a request whose Authorization header holds no token in the same way as one without the header.',
  refs: ['CWE-306', 'CWE-636'],
};
