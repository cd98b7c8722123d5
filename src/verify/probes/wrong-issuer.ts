import type { Probe } from '../probe';

export const wrongIssuer: Probe = {
  id: 'wrong-issuer',
  family: 'claims',
  title: 'A token with another iss under the right key',
  claim: 'protected',
  severity: 'high',
  impact: 'safe',
  profile: 'standard',
  needs: ['signing-key'],
  core: false,
  per: 'issuer',
  attempts: [
    {
      variant: 'another issuer',
      credential: {
        kind: 'forged',
        recipe: { claims: { iss: 'https://issuer.kyma-guard.invalid/oauth/token' }, signature: { by: 'test-key' } },
      },
    },
    {
      variant: 'the key of another issuer of the rule, under the name of this one',
      credential: { kind: 'forged', recipe: { signature: { by: 'other-issuer-key' } } },
    },
  ],
  budget: { smoke: 0, standard: 2, full: 2 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key'],
  breach: 'Keys are not tied to their issuer: a tenant that shares them gets in with the name of another.',
  fix: 'Compare iss with the issuer of the rule, character by character.',
  refs: ['RFC 8725 section 3.8', 'RFC 7519 section 4.1.1'],
};
