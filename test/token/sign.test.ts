import { createLocalJWKSet, jwtVerify } from 'jose';
import { createSigningKey, privateJwk, publicJwks, signingKeyOf, signToken } from '../../src/token/sign';

test.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)('a token signed with %s verifies with the published keys', async (alg) => {
  const key = await createSigningKey({ alg });
  const token = await signToken(key, { claims: { iss: 'https://issuer.example', scope: ['a', 'b'] } });
  const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(publicJwks([key])));
  expect(payload).toEqual({ iss: 'https://issuer.example', scope: ['a', 'b'] });
  expect(protectedHeader).toEqual({ alg, typ: 'JWT', kid: key.kid });
});

test('the published key set holds no private number', async () => {
  const [jwk] = publicJwks([await createSigningKey()], { pem: true }).keys;
  expect(Object.keys(jwk ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use', 'value']);
  expect(jwk).toHaveProperty('value', expect.stringMatching(/^-----BEGIN PUBLIC KEY-----\n[\s\S]+-----END PUBLIC KEY-----$/));
});

test.each(['RS256', 'ES256', 'EdDSA'] as const)('a %s key that was written as JWK signs again', async (alg) => {
  const key = await createSigningKey({ alg });
  const again = await signingKeyOf(await privateJwk(key));
  expect(again.publicJwk).toEqual(key.publicJwk);
  await expect(jwtVerify(await signToken(again, { claims: {} }), createLocalJWKSet(publicJwks([key])))).resolves.toBeDefined();
});

test('a public key is refused where a private one is needed', async () => {
  const { publicJwk } = await createSigningKey();
  await expect(signingKeyOf(publicJwk)).rejects.toThrow(TypeError);
});

test('a header member that is null is left out', async () => {
  const token = await signToken(await createSigningKey(), { claims: {}, header: { kid: null, jku: 'https://k.example' } });
  expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).toEqual({
    alg: 'RS256',
    typ: 'JWT',
    jku: 'https://k.example',
  });
});
