import { generateKeyPairSync } from 'node:crypto';
import { raised, type WeakDeployment } from './deployment';
import { json, type Decisions } from './gateway';
import type { TestIssuer } from './issuer';
import { checkSigned } from './token-verifier';
import { inFull } from './weak-transport';

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
  {
    name: 'that publishes the key of an example',
    issuer: { keys: (sound) => [...sound, { ...exampleKey, kid: 'example', use: 'sig', alg: 'ES256' }] },
    raises: raised('issuer-keys'),
  },
  {
    name: 'that publishes a key with the exponent 1',
    issuer: { keys: (sound) => [...sound, { ...sound[0], kid: 'one', e: 'AQ' }] },
    raises: raised('issuer-keys'),
  },
  {
    name: 'that publishes a key of the ROCA generator',
    issuer: { keys: (sound) => [...sound, { kty: 'RSA', n: rocaModulus(), e: 'AQAB', kid: 'card', use: 'sig', alg: 'RS256' }] },
    raises: raised('issuer-keys'),
  },
  {
    name: 'that publishes keys without saying what they are for',
    issuer: { keys: (sound) => sound.map(({ use: _, ...key }) => key) },
    raises: raised('issuer-key-members'),
  },
  {
    name: 'that offers tokens without a signature',
    issuer: { discovery: (sound) => ({ ...sound, id_token_signing_alg_values_supported: ['RS256', 'none'] }) },
    raises: raised('issuer-metadata'),
  },
  {
    name: 'that offers to take people in without TLS',
    issuer: { discovery: (sound) => ({ ...sound, authorization_endpoint: 'http://login.example.test/oauth/authorize' }) },
    raises: raised('issuer-metadata'),
  },
  {
    name: 'that gives tokens to everybody who asks',
    issuer: { toStrangers: json(200, { access_token: 'eyJhbGciOiJub25lIn0.e30.', token_type: 'bearer' }) },
    options: inFull,
    raises: raised('issuer-token-endpoint'),
  },
  {
    name: 'that answers strangers with a page',
    issuer: { toStrangers: { status: 200, type: 'text/html', body: '<!doctype html><title>Sign in</title>' } },
    options: inFull,
    raises: raised('issuer-token-endpoint'),
  },
  { name: 'whose tokens last two days', issuer: { lifeSeconds: 172_800 }, raises: raised('token-lifetime') },
  {
    name: 'whose tokens never end',
    issuer: { claims: { exp: null } },
    gateway: [endless],
    raises: raised('token-lifetime'),
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

/** @see RFC 7515 appendix A.3 */
const exampleKey = {
  ...{ kty: 'EC', crv: 'P-256' },
  ...{ x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' },
};

/** A number of 2048 bits that leaves a power of 65537 by every small prime, as the generator of some smart cards made them. */
function rocaModulus(): string {
  const primes = Array.from({ length: 200 }, (_, i) => i).filter(
    (n) => n > 2 && Array.from({ length: n }, (_, d) => d).every((d) => d < 2 || n % d > 0),
  );
  const product = primes.reduce((all, prime) => all * BigInt(prime), 1n);
  let power = 1n;
  for (let i = 0; i < 4711; i += 1) power = (power * 65537n) % product;
  const times = (1n << 2047n) / product + 12_345n;
  return Buffer.from((times * product + power).toString(16), 'hex').toString('base64url');
}

function endless(_: Decisions, issuer: TestIssuer): Partial<Decisions> {
  return { verify: (token) => checkSigned(token, issuer, { end: true }) };
}

function shortKey() {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  return { ...publicKey.export({ format: 'jwk' }), kid: 'short', use: 'sig', alg: 'RS256' } as const;
}
