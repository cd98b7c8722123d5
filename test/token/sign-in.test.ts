import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { browserCommand } from '../../src/cli/open-browser';
import { createSender } from '../../src/http/sender';
import { credentialsOf, type Credentials } from '../../src/token/credentials';
import { createTokenContext, type TokenContext } from '../../src/token/obtain';
import { browserSource, signIn, type SignInTools } from '../../src/token/sign-in';
import { obtainFrom } from '../../src/token/token-source';
import { clientSecret, serviceKey } from '../support/credentials';
import { captureIo } from '../support/fake-io';
import { serveTokenEndpoint, type TokenCall, type TokenReply } from '../support/recording-token-endpoint';
import { temporaryFolder } from '../support/temporary-folder';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** What an issuer does otherwise than a sound one. */
interface Oddity {
  /** Query of the way back. */
  readonly back?: (sound: Record<string, string>) => Record<string, string>;
  readonly token?: (call: TokenCall, count: number) => TokenReply | undefined;
}

/** An issuer where everybody is signed in already: it sends the browser back at once, and checks the verifier as RFC 7636 asks. */
async function issuer({ back = (sound) => sound, token = () => undefined }: Oddity = {}) {
  const codes = new Map<string, URLSearchParams>();
  const server = await serveTokenEndpoint((call, count) => {
    const { pathname, searchParams } = new URL(call.path, 'http://x');
    if (pathname === '/oauth/authorize') {
      const code = `code-${codes.size}-${Math.random()}`;
      codes.set(code, searchParams);
      const query = new URLSearchParams(back({ code, state: searchParams.get('state') ?? '' }));
      return [302, '', { location: `${searchParams.get('redirect_uri') ?? ''}?${query.toString()}` }];
    }
    const odd = token(call, count);
    if (odd) return odd;
    const asked = codes.get(call.form.get('code') ?? '');
    codes.delete(call.form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(call.form.get('code_verifier') ?? '')
      .digest('base64url');
    const isSame = asked?.get('code_challenge') === challenge && asked.get('redirect_uri') === call.form.get('redirect_uri');
    return isSame ? [200, { access_token: 'person.token.x', expires_in: 600 }] : [400, { error: 'invalid_grant' }];
  });
  open.push(server);
  return { ...server, asked: codes, tokenCalls: () => server.calls.filter(({ request }) => request.method === 'POST') };
}

function context(now?: () => number): TokenContext {
  const sender = createSender({ userAgent: 'kyma-guard/test', runId: 'run', timeoutMs: 3000 });
  open.push(sender);
  return createTokenContext(sender, { pause: async () => undefined, ...(now && { now }) });
}
const client = (url: string, members = {}): Credentials =>
  credentialsOf(serviceKey({ url, ...members }), { label: 'key.json', source: 'key.json' });
const person = (more: Partial<SignInTools> = {}): SignInTools => ({
  open: (url) => fetch(url).then((answer) => answer.text()),
  tell: () => undefined,
  timeoutMs: 3000,
  ...more,
});

test('a person signs in, and the token comes back to this machine', async () => {
  const { url, tokenCalls, calls } = await issuer();
  const token = await signIn(context(), client(url), person({ scopes: ['read', 'write'] }));
  expect(token.secret.reveal()).toBe('person.token.x');
  const query = new URL(calls[0]?.path ?? '', url).searchParams;
  expect(Object.fromEntries(query)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', scope: 'read write' });
  expect(query.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  expect(tokenCalls()[0]?.form.get('code_verifier')).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(calls[0]?.path).not.toContain(tokenCalls()[0]?.form.get('code_verifier') ?? '?');
});

test('a public client sends its id and no secret', async () => {
  const { url, tokenCalls } = await issuer();
  await signIn(context(), client(url, { clientsecret: undefined, token_endpoint_auth_method: 'none' }), person());
  expect(tokenCalls().map(({ form }) => [form.get('client_id'), form.has('client_secret')])).toEqual([['sb-geo!t1', false]]);
});

test('every sign-in has its own state and verifier', async () => {
  const { url, calls } = await issuer();
  const run = context();
  await signIn(run, client(url), person());
  await signIn(run, client(url), person());
  const queries = calls.filter(({ path }) => path.includes('authorize')).map(({ path }) => new URL(path, url).searchParams);
  expect(new Set(queries.map((query) => query.get('state'))).size).toBe(2);
  expect(new Set(queries.map((query) => query.get('code_challenge'))).size).toBe(2);
});

test('others who call the address of the way back end nothing, and nothing they send is shown', async () => {
  const { url } = await issuer();
  const seen: [number, boolean][] = [];
  const knock = async (page: string): Promise<void> => {
    const back = new URL(page).searchParams.get('redirect_uri') ?? '';
    for (const [path, init] of [
      ['?code=stolen&state=guessed<b>', {}],
      ['?code=stolen', {}],
      ['?code=a&code=b', {}],
      ['', { method: 'POST' }],
    ] as const) {
      const answer = await fetch(`${back}${path}`, init);
      seen.push([answer.status, (await answer.text()).includes('guessed')]);
    }
    seen.push([(await fetch(`${new URL(back).origin}/favicon.ico`)).status, false]);
    await fetch(page);
  };
  await expect(signIn(context(), client(url), person({ open: knock }))).resolves.toMatchObject({ expiresInSeconds: 600 });
  expect(seen).toEqual([
    [400, false],
    [400, false],
    [400, false],
    [405, false],
    [404, false],
  ]);
});

test.each<[string, Oddity, RegExp]>([
  ['says no', { back: ({ state = '' }) => ({ state, error: 'access_denied' }) }, /refused the sign-in for key\.json \(access_denied\)$/],
  ['says no in words of its own', { back: ({ state = '' }) => ({ state, error: '\u001b[31m<b>' }) }, /refused the sign-in for key\.json$/],
  ['sends no code', { back: ({ state = '' }) => ({ state }) }, /refused the sign-in/],
  ['answers in the name of another', { back: (sound) => ({ ...sound, iss: 'https://evil.example' }) }, /comes from another issuer$/],
  ['does not know the code', { token: () => [400, { error: 'invalid_grant' }] }, /invalid_grant/],
  ['breaks down at the code', { token: () => [503, ''] }, /status 503/],
])('an issuer that %s gives no token', async (_, oddity, message) => {
  const { url, tokenCalls } = await issuer(oddity);
  await expect(signIn(context(), client(url), person())).rejects.toMatchObject({
    code: 'ERR_TOKEN_REQUEST',
    message: expect.stringMatching(message),
  });
  // A code is good for one use, so it is sent once at most.
  expect(tokenCalls().length).toBeLessThanOrEqual(1);
});

test.each([
  ['nobody signs in', { open: async () => false, timeoutMs: 30 }, /did not end within 0 seconds|within 0\.\d seconds/],
  ['the state is another', { timeoutMs: 200 }, /did not end within/],
] as const)('when %s the wait ends', async (_, tools, message) => {
  const { url } = await issuer({ back: (sound) => ({ ...sound, state: 'another' }) });
  await expect(signIn(context(), client(url), person(tools))).rejects.toMatchObject({
    outcome: 'undecided',
    message: expect.stringMatching(message),
    hint: expect.stringContaining('--timeout'),
  });
});

test('Ctrl-C ends the wait', async () => {
  const { url } = await issuer();
  const stop = new AbortController();
  const waiting = signIn(context(), client(url), person({ open: async () => stop.abort(), signal: stop.signal }));
  await expect(waiting).rejects.toThrow(/was stopped/);
});

test.each([
  'https://127.0.0.1:1/x',
  'http://example.com/x',
  'http://127.0.0.1.evil.net/x',
  'http://0.0.0.0/x',
  'callback',
  'http://127.0.0.1/x?y=z',
])('%s is no place to come back to', async (redirect) => {
  await expect(signIn(context(), client('https://issuer.example'), person({ redirect }))).rejects.toMatchObject({ code: 'ERR_USAGE' });
});

test.each(['http://localhost:0/done', 'http://127.0.0.1:0/'])('%s is one', async (redirect) => {
  const { url, calls } = await issuer();
  await signIn(context(), client(url), person({ redirect }));
  const { hostname, pathname } = new URL(new URL(calls[0]?.path ?? '', url).searchParams.get('redirect_uri') ?? '');
  expect([hostname, pathname]).toEqual([new URL(redirect).hostname, new URL(redirect).pathname]);
});

test('the page to sign in comes from discovery only when the document speaks for the issuer', async () => {
  const { url } = await issuer();
  const said = { issuer: '' };
  const provider = await serveTokenEndpoint(() => [200, { issuer: said.issuer, authorization_endpoint: `${url}/oauth/authorize` }]);
  open.push(provider);
  const own = client(url, { url: undefined, token_url: `${url}/oauth/token`, issuer: provider.url });
  said.issuer = 'https://evil.example';
  await expect(signIn(context(), own, person())).rejects.toThrow(/speaks for another issuer/);
  said.issuer = provider.url;
  await expect(signIn(context(), own, person())).resolves.toBeDefined();
});

test('no page to sign in is opened over plain http', async () => {
  const own = client('https://issuer.example', { authorize_url: 'http://issuer.example/login' });
  await expect(signIn(context(), own, person())).rejects.toMatchObject({ code: 'ERR_CREDENTIAL_DESTINATION' });
});

test('a token that ends is renewed without the person, as long as the issuer allows it', async () => {
  const clock = { ms: Date.now() };
  const { url, tokenCalls } = await issuer({
    token: ({ form }, count) =>
      form.get('grant_type') === 'refresh_token'
        ? [200, { access_token: `renewed.${count}.x`, expires_in: 60 }]
        : [200, { access_token: 'first.token.x', expires_in: 60, refresh_token: 'refresh-me' }],
  });
  const opened: string[] = [];
  const source = browserSource(client(url), person({ open: (page) => (opened.push(page), fetch(page)) }));
  const run = context(() => clock.ms);
  const texts: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    texts.push((await obtainFrom(run, source)).secret.reveal());
    clock.ms += 60_000;
  }
  expect([opened.length, texts[0], new Set(texts).size]).toEqual([1, 'first.token.x', 3]);
  expect(tokenCalls().map(({ form }) => form.get('refresh_token'))).toEqual([null, 'refresh-me', 'refresh-me']);
});

describe('kyma-guard token --browser', () => {
  async function call(env: Record<string, string>, args: readonly string[] = []) {
    const { url, tokenCalls } = await issuer();
    const key = serviceKey({ url });
    const browser = `#!${process.execPath}\nfetch(process.argv[2]).then((answer) => answer.text());\n`;
    const cwd = temporaryFolder({ 'key.json': JSON.stringify(key), browser });
    const { chmodSync } = await import('node:fs');
    chmodSync(join(cwd, 'browser'), 0o755);
    const captured = captureIo({
      cwd,
      env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.replace('CWD', cwd)])),
    });
    const code = await main(['token', '--credentials', join(cwd, 'key.json'), '--browser', ...args], captured.io, '1.2.3');
    return { code, stdout: captured.stdout(), stderr: captured.stderr(), tokenCalls, secret: clientSecret(client(url, key)).reveal() };
  }

  test('opens the browser of the person and prints the token', async () => {
    const { code, stdout, stderr, secret } = await call({ BROWSER: 'CWD/browser' });
    expect([code, stdout]).toEqual([0, 'person.token.x\n']);
    expect(stderr).toMatch(/^Sign in with your browser at\n {2}http:\/\/127\.0\.0\.1:\d+\/oauth\/authorize\?/);
    expect(stderr).not.toContain(secret);
  });

  test('shows the address where no browser can be opened, and gives up in time', async () => {
    const { code, stdout, stderr } = await call({ BROWSER: '/nowhere/browser' }, ['--timeout', '0.05']);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/oauth\/authorize\?[\s\S]*did not end within 0\.1 seconds/);
  });

  test('asks nobody where there is nobody', async () => {
    const { code, stderr, tokenCalls } = await call({ CI: 'true' }, ['--to', 'token.txt']);
    expect([code, tokenCalls().length]).toEqual([2, 0]);
    expect(stderr).toContain('--browser needs a person');
  });
});

test.each<[string, NodeJS.Platform, Record<string, string>, readonly string[] | undefined]>([
  ['what BROWSER names', 'linux', { BROWSER: 'firefox:chromium', DISPLAY: ':0' }, ['firefox', 'URL']],
  ['BROWSER with a place for the address', 'linux', { BROWSER: 'w3m -o x %s' }, ['w3m', '-o', 'x', 'URL']],
  ['xdg-open on a desktop', 'linux', { DISPLAY: ':0' }, ['xdg-open', 'URL']],
  ['nothing without a desktop', 'linux', {}, undefined],
  ['open on macOS', 'darwin', {}, ['open', 'URL']],
  ['rundll32 on Windows, where a shell would cut the address at &', 'win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', 'URL']],
])('the page is opened with %s', (_, platform, env, command) => {
  expect(browserCommand('URL', { platform, env })).toEqual(command);
});
