import type { Probe } from '../probe';

export const noToken: Probe = {
  id: 'no-token',
  family: 'token',
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
    { variant: 'no Authorization header, with a query', credential: { kind: 'none' }, query: 'kyma-guard=1', fresh: true },
    { variant: 'no Authorization header, over another connection', credential: { kind: 'none' }, fresh: true },
    { variant: 'no Authorization header, over a third connection', credential: { kind: 'none' }, fresh: true },
  ],
  budget: { smoke: 1, standard: 4, full: 4 },
  twins: [],
  breach: 'Anybody on the internet gets what the route protects.',
  fix: 'Check that the APIRule is Ready and that its AuthorizationPolicies select the Pods; a RequestAuthentication alone asks nobody for a token.',
  refs: ['CWE-306', 'OWASP API2:2023'],
};
