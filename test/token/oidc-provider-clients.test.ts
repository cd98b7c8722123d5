import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createSender } from '../../src/http/sender';
import type { JsonObject } from '../../src/model/json';
import { checkToken } from '../../src/token/check-token';
import { credentialsOf, type Credentials } from '../../src/token/credentials';
import { fetchKeys } from '../../src/token/keys';
import { createTokenContext, obtainToken, type TokenContext } from '../../src/token/obtain';
import { signIn } from '../../src/token/sign-in';
import type { RunningServer } from '../support/http-server';
import { audience, signInAt, startProvider } from '../support/openid-provider';
import { selfSigned } from '../support/self-signed';

const server = selfSigned('issuer.example.com');
const [own, foreign] = [selfSigned('client.example.com'), selfSigned('client.example.com')];
const pairs = { RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }), ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
const machine = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] };
const jwkOf = (certificate: string): object => ({
  ...new X509Certificate(certificate).publicKey.export({ format: 'jwk' }),
  x5c: [new X509Certificate(certificate).raw.toString('base64')],
});
const clients = [
  { client_id: 'secret', client_secret: 'not-a-secret-of-anybody', token_endpoint_auth_method: 'client_secret_post', ...machine },
  ...Object.entries(pairs).map(([alg, { publicKey }]) => ({
    ...{ client_id: `signs ${alg}`, token_endpoint_auth_method: 'private_key_jwt', ...machine },
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig' }] },
  })),
  { client_id: 'named', token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: 'CN=client.example.com', ...machine },
  { client_id: 'pinned', token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [jwkOf(own.cert)] }, ...machine },
];
const person = {
  ...{ client_id: 'person', application_type: 'native', token_endpoint_auth_method: 'none' },
  ...{ grant_types: ['authorization_code'], redirect_uris: ['http://127.0.0.1/callback'], response_types: ['code'] },
};

let provider: RunningServer;
let forPeople: RunningServer;
const sender = createSender({ userAgent: 'kyma-guard/test', runId: 'run', ca: server.cert });
const context = (): TokenContext => createTokenContext(sender, { pause: async () => undefined });

beforeAll(async () => {
  // It warns that this is no production set-up, which is true.
  for (const level of ['warn', 'info'] as const) jest.spyOn(console, level).mockImplementation();
  provider = await startProvider(clients, { ...server, ca: own.cert });
  forPeople = await startProvider([person]);
});
afterAll(async () => {
  sender.close();
  await Promise.all([provider.close(), forPeople.close()]);
});

const client = (clientid: string, members: JsonObject): Credentials =>
  credentialsOf(
    { clientid, issuer: provider.url, token_url: `${provider.url}/token`, ...members },
    { label: 'key.json', source: 'key.json' },
  );
const pem = (alg: keyof typeof pairs): string => pairs[alg].privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const x509 = ({ cert, key }: typeof own): JsonObject => ({ 'credential-type': 'x509', certificate: cert, key });

async function problemsOf(token: string, { url }: RunningServer): Promise<readonly unknown[]> {
  return (await checkToken(token, await fetchKeys(sender, `${url}/jwks`), { issuer: url, audiences: [audience] })).problems;
}

test.each<[string, () => Credentials]>([
  ['its secret', () => client('secret', { clientsecret: 'not-a-secret-of-anybody' })],
  ['an assertion by RS256', () => client('signs RS256', { private_key: pem('RS256'), kid: 'k1', assertion_audience: provider.url })],
  ['an assertion for its token endpoint', () => client('signs RS256', { private_key: pem('RS256'), kid: 'k1' })],
  ['an assertion by ES256', () => client('signs ES256', { private_key: pem('ES256'), kid: 'k1', assertion_audience: provider.url })],
  ['a certificate of its name', () => client('named', x509(own))],
  ['a certificate that it registered', () => client('pinned', x509(own))],
])('a client gets a good token by %s', async (_, credentials) => {
  const token = (await obtainToken(context(), credentials())).secret.reveal();
  expect(await problemsOf(token, provider)).toEqual([]);
});

test.each<[string, () => Credentials]>([
  ['another secret', () => client('secret', { clientsecret: 'not-the-secret-of-anybody' })],
  [
    'an assertion by the key of another',
    () => client('signs RS256', { private_key: pem('ES256'), kid: 'k1', assertion_audience: provider.url }),
  ],
  [
    'an assertion for another issuer',
    () => client('signs ES256', { private_key: pem('ES256'), assertion_audience: 'https://other.example' }),
  ],
  ['a certificate of its name from somebody else', () => client('named', x509(foreign))],
  ['a certificate that it did not register', () => client('pinned', x509(foreign))],
])('a client gets none by %s, and the error holds no secret', async (_, credentials) => {
  const error: unknown = await obtainToken(context(), credentials()).catch((one: unknown) => one);
  expect(error).toMatchObject({ code: 'ERR_TOKEN_REQUEST', message: expect.stringMatching(/\(invalid_client\)$/) });
  expect(JSON.stringify(error) + String(error)).not.toMatch(/not-the-secret|PRIVATE KEY|eyJ/);
});

test('a person signs in with PKCE at the pages of the provider', async () => {
  const { url } = forPeople;
  const members = { clientid: 'person', issuer: url, token_url: `${url}/token`, token_endpoint_auth_method: 'none' };
  const pages: string[] = [];
  const token = await signIn(context(), credentialsOf(members, { label: 'key.json', source: 'key.json' }), {
    open: async (page) => pages.push(page, await signInAt(page)),
    tell: () => undefined,
    timeoutMs: 20_000,
    scopes: ['openid', 'read'],
  });
  expect(await problemsOf(token.secret.reveal(), forPeople)).toEqual([]);
  expect(new URL(pages[0] ?? '').searchParams.get('code_challenge_method')).toBe('S256');
});
