import type { Probe } from '../probe';
import { unsignedTwins } from './forged';

export const issuerOfAnotherRule: Probe = {
  id: 'issuer-of-another-rule',
  family: 'claims',
  title: 'The valid token of an issuer that only another rule trusts',
  claim: 'protected',
  severity: 'high',
  impact: 'safe',
  profile: 'standard',
  needs: ['second-issuer'],
  core: false,
  per: 'endpoint',
  attempts: [{ variant: 'issuer of another rule', credential: { kind: 'neighbour' } }],
  budget: { smoke: 0, standard: 1, full: 2 },
  twins: unsignedTwins,
  breach: 'Issuers are trusted for the whole workload, not for the rule: a token of one opens the routes of another.',
  fix: 'Tie each rule to its own issuers: the AuthorizationPolicy must name them as request principals.',
  refs: ['RFC 8725 section 3.8', 'CWE-346'],
};
