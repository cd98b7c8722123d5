import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

/** Defaults of frameworks, samples and tutorials; the likeliest first. */
const words = [
  ...['secret', 'your-256-bit-secret', 'changeme', 'password', 'jwt_secret', 'jwt-secret', 'jwtsecret', 'secretkey', 'secret_key'],
  ...['mysecret', 'my-secret', 'supersecret', 'super-secret', 'super_secret', 'topsecret', 'shhhhh', 'shhhh', 'keyboard cat', 'key'],
  ...['test', 'admin', 'root', '123456', '12345678', 'qwerty', 'default', 'token', 'auth', 'private', 'example', 'demo', 'dev'],
  ...['a-string-secret-at-least-256-bits-long', 'your-secret-key', 'your_jwt_secret', 'access-token-secret', 'null', 'undefined'],
  ...['kyma', 'istio', 'xsuaa', '{{issuer}}', '{{issuerHost}}', '{{kid}}'],
];

const secrets = Object.fromEntries(words.map((word) => [`"${word}"`, word]));

const attempts = [
  forged('HS256', { signature: { by: 'hmac', secrets } }),
  forged('HS256 without kid', { header: { kid: null }, signature: { by: 'hmac', secrets } }),
];

export const hmacWeakSecret: Probe = {
  id: 'hmac-weak-secret',
  family: 'signature',
  title: 'A token signed with a secret that anybody may guess',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 2, full: 90 },
  twins: [...unsignedTwins, 'hmac-public-key', 'hmac-empty-secret'],
  breach: 'The secret of the signatures is a word from a list: anybody can sign tokens.',
  fix: 'Use asymmetric signatures, or a random secret of at least 256 bits.',
  refs: ['RFC 8725 section 3.5', 'RFC 7518 section 3.2', 'CWE-521'],
};
