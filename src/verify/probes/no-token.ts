import type { Probe } from '../probe';

export const noToken: Probe = {
  id: 'no-token',
  title: 'A call without a token',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'smoke',
  needs: [],
  core: true,
  per: 'endpoint',
  attempts: [
    { variant: 'no Authorization header', credential: { kind: 'none' } },
    { variant: 'no Authorization header, with a query', credential: { kind: 'none' }, query: 'kyma-guard=1' },
  ],
  budget: { smoke: 1, standard: 2, full: 2 },
  twins: [],
  breach: 'Anybody on the internet gets what the route protects.',
  fix: 'Check that the APIRule is Ready and that its AuthorizationPolicies select the Pods; a RequestAuthentication alone asks nobody for a token.',
  refs: ['CWE-306', 'OWASP API2:2023'],
};
