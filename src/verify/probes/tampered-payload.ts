import type { Probe } from '../probe';

export const tamperedPayload: Probe = {
  id: 'tampered-payload',
  family: 'signature',
  title: 'Changed claims under the original signature',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'smoke',
  needs: ['token'],
  core: true,
  per: 'issuer',
  attempts: [
    {
      variant: 'another subject',
      credential: { kind: 'forged', recipe: { claims: { sub: 'kyma-guard' }, signature: { by: 'original' } } },
    },
    { variant: 'a later expiry', credential: { kind: 'forged', recipe: { claims: { exp: 4102444800 }, signature: { by: 'original' } } } },
  ],
  budget: { smoke: 1, standard: 2, full: 2 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key'],
  breach: 'Claims can be rewritten once a token was accepted, so every caller can become any other.',
  fix: 'Verify the signature over the bytes of this very request; key a cache of verified tokens by the whole token.',
  refs: ['CWE-347', 'CWE-345'],
};
