import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import { inspect } from 'node:util';
import { jwtVerify } from 'jose';
import { createSender } from '../../src/http/sender';
import type { JsonObject } from '../../src/model/json';
import { credentialsOf, secretsOf } from '../../src/token/credentials';
import { createTokenContext, destinationOf, obtainToken } from '../../src/token/obtain';
import { serviceKey } from '../support/credentials';
import { serveTokenEndpoint } from '../support/recording-token-endpoint';
import { selfSigned } from '../support/self-signed';

const server = selfSigned('issuer.example.com');
const client = selfSigned('client.example.com');
const other = selfSigned('client.example.com');
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function context(now?: () => number): ReturnType<typeof createTokenContext> {
  const sender = createSender({ userAgent: 'kyma-guard/test', runId: 'run', ca: server.cert, timeoutMs: 3000 });
  open.push(sender);
  return createTokenContext(sender, { pause: async () => undefined, ...(now && { now }) });
}

const x509 = (members: JsonObject = {}): JsonObject => ({
  ...serviceKey(),
  ...{ clientsecret: undefined, 'credential-type': 'x509', certificate: client.cert, key: client.key },
  ...members,
});
const read = (members: JsonObject): ReturnType<typeof credentialsOf> => credentialsOf(members, { label: 'key.json', source: 'key.json' });

describe('an x509 binding', () => {
  async function mutualTls() {
    const seen: unknown[] = [];
    const tls = createServer({ cert: server.cert, key: server.key, requestCert: true, rejectUnauthorized: true, ca: client.cert });
    const endpoint = await serveTokenEndpoint(({ request }) => {
      seen.push(request.socket instanceof TLSSocket && request.socket.getPeerCertificate().subject.CN);
      return [200, { access_token: 'a.b.c', token_type: 'bearer', expires_in: 600 }];
    }, tls);
    open.push(endpoint);
    return { ...endpoint, seen, url: endpoint.url.replace('http:', 'https:') };
  }

  test('proves the client by its certificate, at the host that certurl names, and sends no secret', async () => {
    const { url, seen, calls } = await mutualTls();
    await obtainToken(context(), read(x509({ certurl: url })));
    expect(seen).toEqual(['client.example.com']);
    expect(Object.fromEntries(calls[0]?.form ?? [])).toEqual({ grant_type: 'client_credentials', client_id: 'sb-geo!t1' });
    expect([calls[0]?.path, calls[0]?.authorization]).toEqual(['/oauth/token', undefined]);
  });

  test('line feeds that came as two characters are read', async () => {
    const { url, seen } = await mutualTls();
    const flat = (pem: string): string => pem.replaceAll('\n', '\\n');
    await obtainToken(context(), read(x509({ certurl: url, certificate: flat(client.cert), key: flat(client.key) })));
    expect(seen).toEqual(['client.example.com']);
  });

  test('a certificate that the issuer does not know gets no token, and the hint says where to look', async () => {
    const { url } = await mutualTls();
    await expect(obtainToken(context(), read(x509({ certurl: url, certificate: other.cert, key: other.key })))).rejects.toMatchObject({
      code: 'ERR_TOKEN_REQUEST',
      hint: expect.stringContaining('certurl'),
    });
  });

  test('a certificate that has ended is not sent; one that is mounted in its place is', async () => {
    const { url, calls } = await mutualTls();
    const later = (): number => Date.now() + 3_600_000;
    const own = read(x509({ certurl: url }));
    await expect(obtainToken(context(later), own)).rejects.toThrow(/^the certificate of key\.json ended on /);
    expect(calls).toEqual([]);
    const ended = { ...own, authentication: { ...own.authentication, validTo: new Date(0) } as typeof own.authentication };
    await obtainToken(context(), { ...ended, reread: async () => own });
    expect(calls).toHaveLength(1);
  });

  test.each<[string, JsonObject, string]>([
    ['without certurl', { certurl: undefined }, 'neither "certurl" nor "token_url"'],
    ['with the key of another', { key: other.key }, '"key" does not belong to "certificate"'],
    ['with a key that is none', { key: client.cert }, 'no private key in PEM form'],
  ])('%s is refused, and nothing of it is quoted', (_, members, reason) => {
    expect(() => read(x509({ certurl: 'https://cert.example.com', ...members }))).toThrow(reason);
  });

  test('goes nowhere over plain http', () => {
    expect(() => destinationOf(read(x509({ certurl: 'http://cert.example.com' })))).toThrow(/plain http/);
  });
});

describe('private_key_jwt', () => {
  const pairs = {
    RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    EdDSA: generateKeyPairSync('ed25519'),
  } as const;
  const pem = (alg: keyof typeof pairs): string => pairs[alg].privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const withKey = (url: string, members: JsonObject): ReturnType<typeof read> =>
    read({ ...serviceKey({ url, clientsecret: undefined }), ...members });

  test.each(Object.keys(pairs) as (keyof typeof pairs)[])(
    'an assertion by %s names client, endpoint, time and itself once',
    async (alg) => {
      const endpoint = await serveTokenEndpoint((_, count) => (count === 1 ? [503, ''] : [200, { access_token: 'a.b.c' }]));
      open.push(endpoint);
      await obtainToken(context(), withKey(endpoint.url, { private_key: pem(alg), kid: 'k7', certificate: client.cert }));
      const ids = await Promise.all(
        endpoint.calls.map(async ({ form }) => {
          const { payload, protectedHeader } = await jwtVerify(form.get('client_assertion') ?? '', createPublicKey(pem(alg)), {
            ...{ issuer: 'sb-geo!t1', subject: 'sb-geo!t1', audience: `${endpoint.url}/oauth/token`, maxTokenAge: 60 },
          });
          const thumbprint = Buffer.from(new X509Certificate(client.cert).fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
          expect(protectedHeader).toMatchObject({ alg, kid: 'k7', 'x5t#S256': thumbprint });
          expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
          return payload.jti;
        }),
      );
      expect(new Set(ids).size).toBe(2);
      expect(Object.fromEntries(endpoint.calls[0]?.form ?? [])).toMatchObject({
        grant_type: 'client_credentials',
        client_id: 'sb-geo!t1',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      });
      expect(endpoint.calls[0]?.form.get('client_secret')).toBeNull();
    },
  );

  test.each<[string, (jwk: JsonObject) => unknown]>([
    ['an object', (jwk) => jwk],
    ['a text', (jwk) => JSON.stringify(jwk)],
  ])('a key given as JWK, %s, and an audience of its own', async (_, form) => {
    const endpoint = await serveTokenEndpoint(() => [200, { access_token: 'a.b.c' }]);
    open.push(endpoint);
    const jwk = pairs.ES256.privateKey.export({ format: 'jwk' }) as JsonObject;
    await obtainToken(
      context(),
      withKey(endpoint.url, { private_key: form(jwk), assertion_audience: 'https://issuer.example.com' } as JsonObject),
    );
    const assertion = endpoint.calls[0]?.form.get('client_assertion') ?? '';
    await expect(jwtVerify(assertion, pairs.ES256.publicKey, { audience: 'https://issuer.example.com' })).resolves.toBeDefined();
  });

  test('a key of a kind that signs nothing here is refused without a word of it', async () => {
    const key = generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const client = withKey('https://issuer.example.com', { private_key: key });
    const error: unknown = await obtainToken(context(), client).catch((one: unknown) => one);
    expect(error).toMatchObject({ code: 'ERR_CREDENTIALS_INVALID', message: expect.stringContaining('private_key') });
    expect(inspect(error)).not.toContain(key.split('\n')[1]);
  });
});

test.each([
  ['client_secret_post', (form: URLSearchParams, authorization?: string) => form.has('client_secret') && authorization === undefined],
  ['client_secret_basic', (form: URLSearchParams, authorization?: string) => !form.has('client_secret') && authorization !== undefined],
] as const)('%s is kept to, also when it is refused', async (method, isSo) => {
  const endpoint = await serveTokenEndpoint(() => [401, { error: 'invalid_client' }]);
  open.push(endpoint);
  const members = serviceKey({ url: undefined, token_url: `${endpoint.url}/t`, token_endpoint_auth_method: method });
  await expect(obtainToken(context(), read(members))).rejects.toMatchObject({ status: 401 });
  expect(endpoint.calls.map(({ form, authorization }) => isSo(form, authorization))).toEqual([true]);
});

test('a public client cannot ask by itself', async () => {
  const members = { ...serviceKey({ clientsecret: undefined }), token_endpoint_auth_method: 'none' };
  await expect(obtainToken(context(), read(members))).rejects.toMatchObject({ code: 'ERR_CREDENTIALS_INVALID' });
});

test('keys are hidden like secrets, and the redactor is told them', () => {
  const binding = read(x509({ certurl: 'https://cert.example.com' }));
  const body = client.key.split('\n')[1] ?? '';
  expect(inspect(binding, { depth: 9, showHidden: true }) + JSON.stringify(binding)).not.toContain(body);
  expect(secretsOf(binding)).toContain(client.key);
});
