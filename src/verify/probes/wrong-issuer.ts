import type { Probe } from '../probe';
import { forged } from './forged';

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
    forged('another tenant, by the host', { claims: { iss: '{{issuerOfOtherHost}}' }, signature: { by: 'test-key' } }),
    forged('no issuer', { claims: { iss: null }, signature: { by: 'test-key' } }),
    forged('issuer with something behind', { claims: { iss: '{{issuer}}.kyma-guard.invalid' }, signature: { by: 'test-key' } }),
    forged('issuer with something before', { claims: { iss: 'https://kyma-guard.invalid/{{issuer}}' }, signature: { by: 'test-key' } }),
    forged('issuer in a list with another', {
      claims: { iss: ['https://kyma-guard.invalid', '{{issuer}}'] },
      signature: { by: 'test-key' },
    }),
    forged('another tenant, by the end of the path', { claims: { iss: '{{issuerOfOtherPath}}' }, signature: { by: 'test-key' } }),
    forged('issuer with letters for its dots', { claims: { iss: '{{issuerWithoutDots}}' }, signature: { by: 'test-key' } }),
  ],
  budget: { smoke: 0, standard: 2, full: 9 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key'],
  breach: 'Keys are not tied to their issuer: a tenant that shares them gets in with the name of another.',
  fix: 'Compare iss with the issuer of the rule, character by character.',
  refs: ['RFC 8725 section 3.8', 'RFC 7519 section 4.1.1'],
};
