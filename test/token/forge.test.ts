import { createHmac, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import type { JsonObject } from '../../src/model/json';
import { checkToken } from '../../src/token/check-token';
import { decodeToken, type DecodedToken } from '../../src/token/decode';
import { forge, forgeries, imaginedToken, type ForgeMaterial, type Recipe } from '../../src/token/forge';
import { publishedKeys, type PublishedKeys } from '../../src/token/keys';
import { publicKeySecrets } from '../../src/token/public-key-secrets';
import { createSigningKey, publicJwks, signToken, type SigningKey } from '../../src/token/sign';

const now = new Date('2026-05-01T12:00:00Z');
const seconds = now.getTime() / 1000;
const claims = { iss: 'https://geo.example/oauth/token', sub: 'sb-geo!t1', scope: ['geo!t1.Read'], exp: seconds + 3600 };
let key: SigningKey;
let keys: PublishedKeys;
let token: string;
let material: ForgeMaterial;
beforeAll(async () => {
  const [issuerKey, foreignKey] = await Promise.all([createSigningKey({ kid: 'k1' }), createSigningKey()]);
  key = issuerKey;
  keys = publishedKeys(publicJwks([key], { pem: true }))!;
  token = await signToken(key, { claims, header: { jku: 'https://geo.example/token_keys' } });
  material = { original: decodeToken(token)!, keys, foreignKey, testKeys: [key], now };
});

const seen = (forged: string | undefined): Pick<DecodedToken, 'header' | 'claims'> => {
  const [header = '', payload = ''] = (forged ?? '').split('.').map((segment) => Buffer.from(segment, 'base64url').toString());
  return { header: JSON.parse(header), claims: JSON.parse(payload) };
};

/** Gateways that each make one mistake, and the recipe that gets through it. */
const verifiers: Readonly<Record<string, (candidate: string) => boolean>> = {
  'one that does not verify': (candidate) =>
    decodeToken(candidate)?.segments.signature !== '' && candidate !== token && candidate.split('.').length === 3,
  'one that lets the token say that it needs no signature': (candidate) =>
    /^none$/i.test(JSON.stringify(seen(candidate).header['alg']).slice(1, -1)),
  'one that skips what is not there': (candidate) => (candidate.split('.')[2] ?? '') === '',
  'one that takes the key as text for HMAC': (candidate) => hmacHolds(candidate, key.publicPem),
  'one that takes the key as bytes for HMAC': (candidate) => hmacHolds(candidate, Buffer.from(spki())),
  'one that remembers good signatures': (candidate) => candidate.endsWith(token.split('.')[2] ?? '!') && candidate !== token,
};
const spki = (): Buffer => createPublicKey(key.publicPem).export({ type: 'spki', format: 'der' });
function hmacHolds(candidate: string, secret: string | Buffer): boolean {
  const [header, payload, signature] = candidate.split('.');
  return createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url') === signature;
}

test.each<[string, Recipe]>([
  ['one that does not verify', { signature: { by: 'foreign-key' } }],
  ['one that does not verify', { signature: { by: 'damaged' } }],
  ['one that does not verify', { signature: { by: 'random-hmac' } }],
  ['one that lets the token say that it needs no signature', { header: { alg: 'none' }, signature: { by: 'none' } }],
  ['one that lets the token say that it needs no signature', { header: { alg: 'nOnE' }, signature: { by: 'none' } }],
  ['one that skips what is not there', { signature: { by: 'none' } }],
  ['one that takes the key as text for HMAC', { signature: { by: 'public-key-hmac' } }],
  ['one that takes the key as bytes for HMAC', { signature: { by: 'public-key-hmac' } }],
  ['one that remembers good signatures', { claims: { sub: 'admin' }, signature: { by: 'original' } }],
])('%s lets a forged token through: %j', async (weak, recipe) => {
  const forged = await forge(recipe, material);
  expect(forged.filter((candidate) => verifiers[weak]?.(candidate)).length).toBeGreaterThan(0);
});

test('a foreign key keeps the header of the good token and only lies about who signed', async () => {
  const [forged] = await forge({ signature: { by: 'foreign-key' } }, material);
  expect(seen(forged)).toEqual(seen(token));
  expect((await checkToken(forged ?? '', keys, { now })).problems).toMatchObject([{ kind: 'signature' }]);
});

test('null takes a member out, other values replace it', async () => {
  const [forged] = await forge(
    { header: { kid: null, typ: 'at+jwt' }, claims: { scope: null, sub: 'x' }, signature: { by: 'foreign-key' } },
    material,
  );
  expect(seen(forged)).toEqual({
    header: { alg: 'RS256', typ: 'at+jwt', jku: 'https://geo.example/token_keys' },
    claims: { iss: claims.iss, sub: 'x', exp: claims.exp },
  });
});

test('alg none comes with and without the last dot', async () => {
  const forged = await forge({ header: { alg: 'None' }, signature: { by: 'none' } }, material);
  expect(forged.map((one) => one.split('.').length)).toEqual([3, 2]);
  expect(forged[0]).toBe(`${forged[1] ?? ''}.`);
});

test('stripping the signature leaves the rest byte for byte', async () => {
  expect(await forge({ signature: { by: 'none' } }, material)).toEqual([token.replace(/[^.]+$/, ''), token.replace(/\.[^.]+$/, '')]);
});

test('the original signature is never sent with the original claims', async () => {
  expect(await forge({ signature: { by: 'original' } }, material)).toEqual([]);
  expect(await forge({ claims: { sub: claims.sub }, signature: { by: 'original' } }, material)).toEqual([]);
});

test.each([
  ['expired', { expiresInSeconds: -3600, signature: { by: 'test-key' } }, 'expired'],
  ['of another issuer', { claims: { iss: 'https://other.example' }, signature: { by: 'test-key' } }, 'issuer'],
] as const)('a test key makes a token that is only %s', async (_, recipe, kind) => {
  const [forged] = await forge(recipe, material);
  expect((await checkToken(forged ?? '', keys, { now, issuer: claims.iss })).problems.map((problem) => problem.kind)).toEqual([kind]);
});

test.each<[string, 'test-key' | 'original' | 'damaged' | 'public-key-hmac', Partial<ForgeMaterial>]>([
  ['a test key', 'test-key', { testKeys: [] }],
  ['a good token', 'original', { original: imaginedToken(claims.iss) }],
  ['a good token', 'damaged', { original: imaginedToken(claims.iss) }],
  ['published keys', 'public-key-hmac', { keys: { keys: [], problems: [], text: '' } }],
])('without %s there is no token by %s', async (_, by, less) => {
  const forged = await forge({ claims: { sub: 'x' }, signature: { by } }, { ...material, ...less });
  expect(forged).toEqual([]);
});

test('without a good token one is made up from the rule', async () => {
  const original = imaginedToken('https://i.example', { audiences: ['a'], scopes: ['s'], kid: 'k1' });
  const [forged] = await forge({ header: { alg: 'none' }, signature: { by: 'none' } }, { ...material, original });
  expect(seen(forged)).toMatchObject({
    header: { alg: 'none', kid: 'k1' },
    claims: { iss: 'https://i.example', aud: ['a'], scope: ['s'], exp: seconds + 600 },
  });
});

test('the public key is tried in every usual encoding, the likeliest first, each once', async () => {
  const names = (await forgeries({ signature: { by: 'public-key-hmac' } }, material)).map(({ variant }) => variant);
  expect(names.slice(0, 6)).toEqual([
    'SPKI PEM with line feed',
    'SPKI PEM',
    'PKCS#1 PEM with line feed',
    'PKCS#1 PEM',
    'SPKI DER',
    'PKCS#1 DER',
  ]);
  expect(names).toEqual(
    expect.arrayContaining(['JWK as published', 'modulus', 'modulus as text', 'key set as published', 'SPKI PEM with CRLF']),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(25);
});

test('the key of the token comes first, and certificates are used too', async () => {
  const second = await createSigningKey({ kid: 'k2' });
  const both = publishedKeys({ keys: [...publicJwks([key]).keys, { ...second.publicJwk, x5c: ['AAECAwQ='] }] });
  const secrets = publicKeySecrets(both, 'k2');
  expect(secrets[1]?.secret.toString()).toBe(second.publicPem);
  expect(secrets.map(({ variant }) => variant)).toEqual(expect.arrayContaining(['certificate PEM', 'certificate DER']));
});

test.each(['HS384', 'HS512'])('the hash follows the header: %s', async (alg) => {
  const [forged = ''] = await forge({ header: { alg }, signature: { by: 'public-key-hmac' } }, material);
  const [header = '', payload = '', signature] = forged.split('.');
  expect(
    createHmac(`sha${alg.slice(2)}`, `${key.publicPem}\n`)
      .update(`${header}.${payload}`)
      .digest('base64url'),
  ).toBe(signature);
});

test('an EC key gives its own encodings', async () => {
  const ec = await createSigningKey({ alg: 'ES256' });
  const names = publicKeySecrets(publishedKeys(publicJwks([ec])), ec.kid).map(({ variant }) => variant);
  expect(names).toEqual(expect.arrayContaining(['SPKI PEM', 'SPKI DER', 'x as text']));
});

test('whatever the recipe, no forged token passes the check of a sound verifier', async () => {
  const member = fc.constantFrom<JsonObject>(
    {},
    { alg: 'none' },
    { alg: 'HS256' },
    { alg: 'HS512' },
    { kid: null },
    { kid: '' },
    { typ: null },
    { jku: 'https://evil.example' },
  );
  const change = fc.constantFrom<JsonObject>({}, { sub: 'admin' }, { exp: 4102444800 }, { iss: 'https://evil.example' }, { scope: null });
  const by = fc.constantFrom<Recipe['signature']['by']>('foreign-key', 'original', 'none', 'damaged', 'public-key-hmac', 'random-hmac');
  await fc.assert(
    fc.asyncProperty(member, change, by, async (header, changes, one) => {
      const recipe = { header, claims: changes, signature: { by: one } } as Recipe;
      for (const forged of await forge(recipe, material)) expect((await checkToken(forged, keys, { now })).problems).not.toEqual([]);
    }),
    { numRuns: 60 },
  );
});
