import type { Probe } from '../probe';
import { forged } from './forged';

export const foreignKey: Probe = {
  id: 'foreign-key',
  family: 'signature',
  title: 'A token signed with a key of our own, under the issuer’s key id',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'smoke',
  needs: [],
  core: true,
  per: 'issuer',
  attempts: [
    { variant: 'same kid', credential: { kind: 'forged', recipe: { signature: { by: 'foreign-key' } } } },
    { variant: 'no kid', fresh: true, credential: { kind: 'forged', recipe: { header: { kid: null }, signature: { by: 'foreign-key' } } } },
    { variant: 'HS256 with a random secret', fresh: true, credential: { kind: 'forged', recipe: { signature: { by: 'random-hmac' } } } },
    forged('an unknown issuer', {
      claims: { iss: 'https://issuer.kyma-guard.invalid/oauth/token' },
      header: { kid: 'kyma-guard' },
      signature: { by: 'foreign-key' },
    }),
    forged('unknown kid', { header: { kid: 'kyma-guard' }, signature: { by: 'foreign-key' } }),
    forged('ES256', { signature: { by: 'foreign-key', alg: 'ES256' } }),
    forged('EdDSA', { signature: { by: 'foreign-key', alg: 'EdDSA' } }),
    forged('PS256', { signature: { by: 'foreign-key', alg: 'PS256' } }),
    forged('no issuer', { claims: { iss: null }, header: { kid: null }, signature: { by: 'foreign-key' } }),
  ],
  budget: { smoke: 1, standard: 4, full: 9 },
  twins: ['no-token', 'empty-token', 'garbage-token'],
  breach: 'The signature is not verified: anybody can write a token for any user and any scope.',
  fix: 'Verify the signature of every token with the keys that the issuer publishes, and refuse tokens of every other issuer.',
  refs: ['CWE-347', 'RFC 7515 section 5.2', 'CVE-2021-21378'],
};
