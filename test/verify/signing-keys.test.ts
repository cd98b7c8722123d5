import { UsageError } from '../../src/model/errors';
import { publishedKeys, type PublishedKeys } from '../../src/token/keys';
import { createSigningKey, privateJwk, publicJwks, type SigningKey } from '../../src/token/sign';
import { readSigningKeys, signingKeysFor } from '../../src/verify/signing-keys';

let key: SigningKey;
let jwk: object;
let published: PublishedKeys | undefined;

beforeAll(async () => {
  key = await createSigningKey({ alg: 'ES256', kid: 'one' });
  jwk = await privateJwk(key);
  published = publishedKeys(JSON.parse(JSON.stringify(publicJwks([key]))) as { keys: [] });
});

async function kidsFor(value: unknown, keys: PublishedKeys | string = published ?? ''): Promise<string[]> {
  const read = await readSigningKeys(JSON.stringify(value), 'keys.json');
  return signingKeysFor('https://a.example.com', keys, read).map(({ kid }) => kid);
}

test.each([
  ['a JWK', () => jwk],
  ['a JWKS', () => ({ keys: [jwk] })],
  ['an array of JWKS', () => [{ keys: [jwk] }, { keys: [] }]],
  ['issuers with their JWKS', () => ({ 'https://a.example.com': { keys: [jwk] } })],
])('reads %s', async (_, value) => {
  expect(await kidsFor(value())).toEqual(['one']);
});

test('the key of another issuer is not used', async () => {
  expect(await kidsFor({ 'https://b.example.com': { keys: [jwk] } })).toEqual([]);
});

test('a key under a published id, but not the published one, is not used: its refusals would prove nothing', async () => {
  expect(await kidsFor(await privateJwk(await createSigningKey({ alg: 'ES256', kid: 'one' })))).toEqual([]);
});

test('no key is used while the published ones are unknown', async () => {
  expect(await kidsFor(jwk, 'the key set gave no answer')).toEqual([]);
});

test.each([['nothing'], ['{}'], ['[]'], ['{"kty":"RSA","n":"AQAB","e":"AQAB"}'], ['{"a":{"keys":[]}}']])(
  '%s holds no private key',
  async (text) => {
    await expect(readSigningKeys(text, 'keys.json')).rejects.toThrow(UsageError);
  },
);
