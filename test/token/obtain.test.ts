import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { createSender, type Sender } from '../../src/http/sender';
import { CredentialDestinationError, TokenRequestError } from '../../src/model/errors';
import { credentialsFor, credentialsOf, type Credentials } from '../../src/token/credentials';
import { discover } from '../../src/token/discovery';
import { createTokenContext, destinationOf, obtainToken, type AccessToken, type TokenContext } from '../../src/token/obtain';
import { clientAt, clientSecret, serviceKey } from '../support/credentials';
import { timeOut, withTimeoutsHeld } from '../support/held-timeouts';
import { deadUrl, serve, serveRaw, serveText } from '../support/http-server';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
async function keep<T extends { close(): unknown }>(starting: T | Promise<T>): Promise<T> {
  const one = await starting;
  open.push(one);
  return one;
}

interface Request {
  readonly path: string;
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}
const pauses: number[] = [];
beforeEach(() => pauses.splice(0));

function context(options: { addresses?: Map<string, string>; now?: () => number } = {}): TokenContext {
  const sender: Sender = createSender({ userAgent: 'kyma-guard/test', runId: 'run', timeoutMs: 20_000 });
  open.push(sender);
  const { addresses, now } = options;
  return createTokenContext(sender, { ...(addresses && { addresses }), ...(now && { now }), pause: async (ms) => void pauses.push(ms) });
}

/** A token endpoint; the answer may depend on what was asked and on how often. */
async function endpoint(answer: (request: Request, count: number) => [status: number, body: unknown, headers?: Record<string, string>]) {
  const requests: Request[] = [];
  const read = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = '';
    for await (const chunk of incoming) text += String(chunk);
    const request = { path: incoming.url ?? '', form: new URLSearchParams(text), authorization: incoming.headers.authorization };
    requests.push(request);
    const [status, body, headers] = answer(request, requests.length);
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const server = await keep(serve((incoming, response) => void read(incoming, response)));
  return { url: server.url, requests };
}
const good = (token = 'opaque-token'): [number, unknown] => [
  200,
  { access_token: token, token_type: 'Bearer', expires_in: 43199, scope: 'a b' },
];
const refused: [number, unknown] = [401, { error: 'invalid_client', error_description: 'Bad credentials' }];

test('the secret travels in the body, form-encoded', async () => {
  const { url, requests } = await endpoint(() => good());
  const client = clientAt(url);
  const token = await obtainToken(context(), client);
  expect(token).toMatchObject({ expiresInSeconds: 43199, scope: 'a b', isJwt: false, endpoint: `${url}/oauth/token` });
  expect(token.secret.reveal()).toBe('opaque-token');
  const [request] = requests;
  expect(Object.fromEntries(request?.form ?? [])).toEqual({
    grant_type: 'client_credentials',
    client_id: client.clientId,
    client_secret: clientSecret(client).reveal(),
  });
  expect(request).toMatchObject({ path: '/oauth/token', authorization: undefined });
});

test('a server that wants HTTP Basic gets it once, both halves encoded', async () => {
  const { url, requests } = await endpoint(({ authorization }) => (authorization ? good() : refused));
  const client = clientAt(url, { token_url: `${url}/token` });
  await obtainToken(context(), client);
  const [user = '', password = ''] = Buffer.from(requests[1]?.authorization?.slice('Basic '.length) ?? '', 'base64')
    .toString()
    .split(':');
  expect(requests).toHaveLength(2);
  expect(requests[1]?.form.get('client_secret')).toBeNull();
  expect([user, password].map((half) => decodeURIComponent(half))).toEqual([client.clientId, clientSecret(client).reveal()]);
});

test('one token per client and run, also when asked for at the same time', async () => {
  const { url, requests } = await endpoint((_, count) => good(`token-${count}`));
  const [run, client] = [context(), clientAt(url)];
  const tokens = await Promise.all([1, 2, 3].map(() => obtainToken(run, client)));
  expect(new Set(tokens.map(({ secret }) => secret.reveal()))).toEqual(new Set(['token-1']));
  expect(requests).toHaveLength(1);
});

test('a failure is not kept: the next call asks again', async () => {
  const { url } = await endpoint((_, count) => (count === 1 ? [403, ''] : good()));
  const [run, client] = [context(), clientAt(url)];
  await expect(obtainToken(run, client)).rejects.toThrow(TokenRequestError);
  await expect(obtainToken(run, client)).resolves.toMatchObject({ scope: 'a b' });
});

const rotating = (url: string, next: string): Credentials => ({
  ...clientAt(url),
  reread: async () => clientAt(url, { clientsecret: next }),
});

test('a mounted secret that was rotated is read again once', async () => {
  const { url, requests } = await endpoint(({ form }) => (form.get('client_secret') === 'rotated-secret' ? good() : refused));
  await expect(obtainToken(context(), rotating(url, 'rotated-secret'))).resolves.toBeDefined();
  expect(requests).toHaveLength(2);
});

const shortLived: [number, unknown] = [200, { access_token: 'opaque-token', token_type: 'Bearer', expires_in: 1 }];

test('a secret that was rotated out is not sent again when the token has ended', async () => {
  const { url, requests } = await endpoint(({ form }) => (form.get('client_secret') === 'rotated-secret' ? shortLived : refused));
  let now = Date.now();
  const run = context({ now: () => now });
  const client = rotating(url, 'rotated-secret');
  for (const _ of [1, 2, 3]) {
    await obtainToken(run, client);
    now += 2000;
  }
  expect(requests.map(({ form }) => form.get('client_secret') === 'rotated-secret')).toEqual([false, true, true, true]);
});

test('a rotated secret that is refused too ends it', async () => {
  const { url, requests } = await endpoint(() => refused);
  await expect(obtainToken(context(), rotating(url, 'also-wrong'))).rejects.toMatchObject({ code: 'ERR_TOKEN_REQUEST', status: 401 });
  expect(requests).toHaveLength(2);
});

test('a mounted secret that did not change is not tried again', async () => {
  const { url, requests } = await endpoint(() => refused);
  const client = clientAt(url);
  await expect(obtainToken(context(), { ...client, reread: async () => client })).rejects.toThrow(TokenRequestError);
  expect(requests).toHaveLength(1);
});

test.each([
  ['500', [500, ''], 3, [1000, 1000]],
  ['503', [503, 'busy'], 3, [1000, 1000]],
  ['429 with a short wait', [429, '', { 'retry-after': '2' }], 2, [2000]],
  ['429 with a long wait', [429, '', { 'retry-after': '3600' }], 1, []],
  ['429 without a wait', [429, ''], 1, []],
  ['502', [502, ''], 3, [1000, 1000]],
  ['503 that says when', [503, '', { 'retry-after': '3' }], 3, [3000, 3000]],
  ['503 with a long wait', [503, '', { 'retry-after': '600' }], 1, []],
  ['401', refused, 1, []],
  ['403', [403, ''], 1, []],
  ['400', [400, { error: 'unsupported_grant_type' }], 1, []],
  ['404', [404, 'not found'], 1, []],
] as const)('status %s is retried only as often as it makes sense', async (_, answer, asked, waited) => {
  const { url, requests } = await endpoint(() => [...answer]);
  await expect(obtainToken(context(), clientAt(url))).rejects.toThrow(TokenRequestError);
  expect([requests.length, pauses]).toEqual([asked, waited]);
});

test('trouble that passes does not show', async () => {
  const { url } = await endpoint((_, count) => (count < 3 ? [503, ''] : good()));
  await expect(obtainToken(context(), clientAt(url))).resolves.toMatchObject({ scope: 'a b' });
});

test.each([
  ['401', refused, '401 (invalid_client)'],
  ['429', [429, '', { 'retry-after': '60' }], 'status 429'],
  ['500', [500, '<h1>Oops</h1>'], 'status 500'],
  ['HTML', [200, '<!doctype html><title>Sign in</title>'], 'HTML'],
  ['nothing', [200, ''], 'empty body'],
  ['a list', [200, '[]'], 'no object'],
  ['no JSON', [200, 'access_token=x'], 'not JSON'],
  ['no token', [200, { token_type: 'bearer' }], 'without access_token'],
  ['a token that is no text', [200, { access_token: 7 }], 'without access_token'],
  ['a token with a line feed', [200, { access_token: 'a\r\nX-Evil: 1' }], 'characters'],
  ['another kind of token', [200, { access_token: 'x', token_type: 'mac' }], 'no bearer token'],
  ['an error word that is an attack', [401, { error: '\u001b[31m<script>' }], 'status 401'],
  ['an endless answer', [200, `{"access_token": "${'x'.repeat(2_000_000)}"}`], 'too large'],
] as const)('a token endpoint that answers %s is told apart', async (_, answer, reason) => {
  const { url } = await endpoint(() => [...answer]);
  const error: unknown = await obtainToken(context(), clientAt(url)).catch((one: unknown) => one);
  expect(error).toMatchObject({
    code: 'ERR_TOKEN_REQUEST',
    outcome: 'undecided',
    message: expect.stringContaining(reason),
    hint: expect.stringMatching(/\.$/),
  });
  expect((error as Error).message).not.toMatch(/[\u001b<]/);
});

test.each([
  ['is silent', () => serveRaw((socket) => socket.once('data', timeOut))],
  ['hangs up', () => serveText('')],
  ['is no HTTP server', () => serveText('220 smtp ready\r\n')],
])('a token endpoint that %s leaves the question open', async (_, start) => {
  const { url } = await keep(start());
  await expect(withTimeoutsHeld(() => obtainToken(context(), clientAt(url)))).rejects.toMatchObject({ outcome: 'undecided' });
});

test('a token endpoint that is down is asked three times', async () => {
  const client = clientAt(deadUrl);
  await expect(obtainToken(context(), client)).rejects.toMatchObject({ message: expect.stringContaining('refused') });
  expect(pauses).toEqual([300, 300]);
});

test('a redirect gets no secret', async () => {
  const thief = await endpoint(() => good());
  const { url } = await endpoint(() => [307, '', { location: `${thief.url}/oauth/token` }]);
  await expect(obtainToken(context(), clientAt(url))).rejects.toMatchObject({ message: expect.stringContaining('redirects') });
  expect(thief.requests).toEqual([]);
});

test('a discovery document that names another token endpoint gets no secret there', async () => {
  const thief = await endpoint(() => good());
  const { url } = await endpoint(({ path }) =>
    path.includes('.well-known') ? [200, { issuer: 'x', token_endpoint: `${thief.url}/t` }] : good(),
  );
  const run = context();
  expect((await discover(run.sender, `${url}/oauth/token`)).tokenEndpoint).toBe(`${thief.url}/t`);
  await obtainToken(run, clientAt(url));
  expect(thief.requests).toEqual([]);
});

test('a manifest that names a foreign issuer finds no credential', async () => {
  const thief = await endpoint(() => good());
  const own = clientAt('https://geo.example');
  expect(
    [`${thief.url}/oauth/token`, `${thief.url}/https://geo.example/oauth/token`].map((issuer) => credentialsFor(issuer, [own])),
  ).toEqual([undefined, undefined]);
  expect(thief.requests).toEqual([]);
});

test.each(['http://issuer.example.com', 'http://10.0.0.1:8080', 'http://0.0.0.0', 'http://127.0.0.1.evil.net'])(
  'no secret goes to %s over plain http',
  async (url) => {
    const run = context();
    await expect(obtainToken(run, clientAt(url))).rejects.toThrow(CredentialDestinationError);
    expect(run.sender.sent).toBe(0);
  },
);

test('the user may name where the issuer is; the path stays that of the credential', () => {
  const client = clientAt('https://geo.example');
  const at = (address: string): string => destinationOf(client, new Map([['https://geo.example/oauth/token', address]]));
  expect(at('http://127.0.0.1:41001/base')).toBe('http://127.0.0.1:41001/base/oauth/token');
  expect(() => at('http://10.1.1.1')).toThrow(CredentialDestinationError);
  expect(destinationOf(client, new Map([['https://other.example', 'http://127.0.0.1:1']]))).toBe('https://geo.example/oauth/token');
});

test('neither token nor secret is in what a run leaves behind', async () => {
  const { url } = await endpoint(() => good('very-secret-token'));
  const { url: closed } = await endpoint(() => [401, { error: 'invalid_client', error_description: 'secret was: top-secret' }]);
  const client = credentialsOf(serviceKey({ url: closed, clientsecret: 'top-secret' }), { label: 'l', source: 's' });
  const run = context();
  const token: AccessToken = await obtainToken(run, clientAt(url));
  const error: unknown = await obtainToken(run, client).catch((one: unknown) => one);
  expect(inspect([run, token, client, error], { depth: 12, showHidden: true }) + JSON.stringify([token, client])).not.toMatch(
    /very-secret-token|top-secret/,
  );
});
