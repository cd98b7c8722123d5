import { generateKeyPairSync } from 'node:crypto';
import { raised, type WeakDeployment } from './deployment';

/** Issuers that say something else than the rule, or too much; the gateway before the workload is sound. */
export const weakIssuers: readonly WeakDeployment[] = [
  {
    name: 'whose name is a plain http address',
    issuer: { name: 'http://tenant.example.test/oauth/token' },
    raises: raised('issuer-address'),
  },
  {
    name: 'without a discovery document',
    issuer: { discovery: () => '<!doctype html><title>Sign in</title>' },
    raises: raised('issuer-discovery'),
  },
  {
    name: 'that names itself otherwise',
    issuer: { discovery: (sound) => ({ ...sound, issuer: 'https://tenant.example.test/' }) },
    raises: raised('issuer-string'),
  },
  {
    name: 'that publishes its keys elsewhere',
    issuer: { discovery: (sound) => ({ ...sound, jwks_uri: 'https://keys.example.test/jwks' }) },
    raises: raised('issuer-jwks-uri'),
  },
  {
    name: 'that publishes a private key',
    issuer: { keys: (sound, secret) => [...sound, { ...secret, kid: 'private' }] },
    raises: raised('issuer-keys'),
  },
  { name: 'that publishes a short key', issuer: { keys: (sound) => [...sound, shortKey()] }, raises: raised('issuer-keys') },
  {
    name: 'whose tokens are signed with a key that it does not publish',
    issuer: { signsWithHiddenKey: true },
    raises: raised('token-signature'),
  },
  {
    name: 'whose tokens are in the name of another',
    issuer: { claims: { iss: 'https://other.example.test' } },
    raises: raised('token-issuer'),
  },
  { name: 'whose tokens have no subject', issuer: { claims: { sub: null } }, raises: raised('token-subject') },
  { name: 'whose tokens are for another audience', issuer: { claims: { aud: ['other'] } }, raises: raised('token-audience') },
  { name: 'whose tokens lack the scope', issuer: { claims: { scope: ['orders!t1.ReadMetadata'] } }, raises: raised('token-scopes') },
];

function shortKey() {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  return { ...publicKey.export({ format: 'jwk' }), kid: 'short', use: 'sig', alg: 'RS256' } as const;
}
