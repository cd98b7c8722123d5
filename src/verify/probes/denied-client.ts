import type { Probe } from '../probe';

export const deniedClient: Probe = {
  id: 'denied-client',
  family: 'claims',
  title: 'The valid token of a client that must be refused',
  claim: 'protected',
  severity: 'high',
  impact: 'safe',
  profile: 'smoke',
  needs: ['deny-credentials'],
  core: false,
  per: 'endpoint',
  attempts: [{ variant: 'deny-credentials', credential: { kind: 'denied' } }],
  budget: { smoke: 1, standard: 1, full: 1 },
  everyToken: true,
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key'],
  breach: 'Every client of the issuer gets in, also those that were never granted this API.',
  fix: 'Give the rule the audience or the scopes that its callers must have (jwt.authorizations of the APIRule).',
  refs: ['RFC 8725 section 3.9', 'OWASP API5:2023', 'CWE-863'],
};
