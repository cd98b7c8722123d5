import fc from 'fast-check';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { serviceKey } from '../support/credentials';
import { captureIo } from '../support/fake-io';
import type { RunningServer } from '../support/http-server';
import { serveConnectProxy, type ConnectProxy } from '../support/connect-proxy';
import { serveTokenEndpoint, type TokenReply } from '../support/recording-token-endpoint';
import { selfSigned } from '../support/self-signed';
import { temporaryFolder } from '../support/temporary-folder';

const { cert, key } = selfSigned('client.example.com');
const bodyOfKey = key.replace(/-----[A-Z ]+-----|\s/g, '');

/** An issuer that says back whatever it was sent, in every way it can. */
let issuer: RunningServer;
let proxy: ConnectProxy;
const state: { reply: (echo: string) => TokenReply } = { reply: () => [401, ''] };
beforeAll(async () => {
  issuer = await serveTokenEndpoint(({ form, authorization = '', path }) =>
    state.reply([...form.values(), form.toString(), authorization, path].join('\n')),
  );
  proxy = await serveConnectProxy(() => 407);
});
afterAll(() => Promise.all([issuer.close(), proxy.close()]));

const replies: Readonly<Record<string, (echo: string) => TokenReply>> = {
  'an error that repeats it': (echo) => [401, { error: 'invalid_client', error_description: echo }],
  'an error word that is it': (echo) => [400, { error: echo }],
  'an HTML page': (echo) => [500, `<html><title>${echo}</title></html>`],
  'a redirect with it': (echo) => [302, '', { location: `/login?from=${encodeURIComponent(echo)}` }],
  'a header with it': (echo) => [403, '', { 'x-debug': encodeURIComponent(echo) }],
  'a token of another kind': (echo) => [200, { access_token: echo, token_type: echo }],
  'a scope with it': (echo) => [200, { access_token: 'a.b.c', token_type: 'bearer', scope: echo }],
};

const secret = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019$=!|+/\\&%"<')), minLength: 8, maxLength: 40 });

/** What is secret in a call, and the files, arguments and variables that hold it. */
interface Carrier {
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}
const withKey = ['--credentials', 'CWD/key.json'];
const file = (members: object): Carrier['files'] => ({ 'key.json': JSON.stringify({ ...serviceKey({ url: issuer.url }), ...members }) });
const carriers: Readonly<Record<string, (value: string) => Carrier>> = {
  'a client secret in the body': (value) => ({ files: file({ clientsecret: value }), args: withKey }),
  'a client secret in the header': (value) => ({
    files: file({ clientsecret: value, token_endpoint_auth_method: 'client_secret_basic' }),
    args: withKey,
  }),
  'a client secret sent both ways': (value) => ({ files: file({ clientsecret: value, token_url: `${issuer.url}/token` }), args: withKey }),
  'a Secret of Kubernetes': (value) => ({
    files: {
      'key.yaml': JSON.stringify({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'x' },
        stringData: { ...serviceKey({ url: issuer.url }), clientsecret: value },
      }),
    },
    args: ['--credentials', 'CWD/key.yaml'],
  }),
  'a SAML assertion': (value) => ({
    files: { ...file({}), 'a.xml': `<Assertion>${value}</Assertion>` },
    args: [...withKey, '--saml-assertion', 'a.xml'],
  }),
  'the password of a proxy': (value) => ({
    files: file({ url: 'https://issuer.example.com' }),
    args: withKey,
    env: { HTTPS_PROXY: proxy.url.replace('//', `//jane:${encodeURIComponent(value)}@`) },
  }),
  'credentials that are not usable': (value) => ({ files: file({ clientsecret: { deep: value }, private_key: value }), args: withKey }),
  'a private key that is none': (value) => ({
    files: { 'key.pem': `-----BEGIN PRIVATE KEY-----\n${value}` },
    args: ['--signing-key', 'key.pem', '--jwks'],
  }),
};

async function outputOf({ files, args, env = {} }: Carrier, more: readonly string[]): Promise<string> {
  const cwd = temporaryFolder(files);
  const captured = captureIo({ cwd, env });
  await main(['token', ...args.map((arg) => arg.replace('CWD', cwd)), ...more], captured.io, '1.2.3');
  return captured.stdout() + captured.stderr();
}

/** The secret in the clear, or in a word that could be base64 or URL-encoded. */
function findIn(shown: string, value: string): string[] {
  const words = shown.match(/[A-Za-z0-9+/_%=-]{8,}/g) ?? [];
  const texts = [
    shown,
    ...words.flatMap((word) => [0, 1, 2, 3].map((cut) => Buffer.from(word.slice(cut), 'base64').toString())),
    ...words.map(unescaped),
  ];
  return texts.filter((text) => text.includes(value));
}

function unescaped(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return '';
  }
}

describe.each(Object.keys(carriers))('%s', (name) => {
  test('is never shown, whatever the issuer makes of it', async () => {
    const modes = fc.constantFrom<readonly string[]>(
      [],
      ['--verbose'],
      ['--format', 'json'],
      ['--to', 'token.txt'],
      ['--decode', '--verbose'],
    );
    await fc.assert(
      fc.asyncProperty(secret, fc.constantFrom(...Object.keys(replies)), modes, async (value, reply, more) => {
        state.reply = replies[reply]!;
        expect(findIn(await outputOf(carriers[name]!(value), more), value)).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });
});

test.each(Object.keys(replies))('keys and assertions signed with them are not shown by %s', async (reply) => {
  state.reply = replies[reply]!;
  const members = { clientsecret: undefined, certificate: cert };
  for (const one of [
    { ...members, key, token_url: `${issuer.url}/t` },
    { ...members, private_key: key },
  ]) {
    const shown = await outputOf({ files: file(one), args: withKey }, ['--verbose', '--to', 'token.txt']);
    expect(shown).not.toContain(bodyOfKey.slice(40, 80));
    expect(shown).not.toMatch(/eyJ[\w-]+\.eyJ/);
  }
});

test.each(Object.keys(replies))('code and verifier of a sign-in are not shown by %s', async (reply) => {
  const seen: string[] = [];
  state.reply = (echo) => {
    const url = /^\/oauth\/authorize\?.*$/m.exec(echo)?.[0];
    if (url === undefined) {
      seen.push(...echo.split('\n').slice(0, 4));
      return replies[reply]!(echo);
    }
    const query = new URL(url, issuer.url).searchParams;
    return [302, '', { location: `${query.get('redirect_uri') ?? ''}?code=${'c0de-'.repeat(6)}&state=${query.get('state') ?? ''}` }];
  };
  const browser = `#!${process.execPath}\nfetch(process.argv[2]).then((answer) => answer.text());\n`;
  const cwd = temporaryFolder({ ...file({}), browser });
  const { chmodSync } = await import('node:fs');
  chmodSync(join(cwd, 'browser'), 0o755);
  const captured = captureIo({ cwd, env: { BROWSER: join(cwd, 'browser') } });
  await main(
    ['token', '--credentials', join(cwd, 'key.json'), '--browser', '--verbose', '--timeout', '10', '--to', 'token.txt'],
    captured.io,
    '1.2.3',
  );
  const [, code = '?', , verifier = '?'] = seen;
  const shown = captured.stdout() + captured.stderr();
  expect(code + verifier).toMatch(/^(c0de-)+[\w-]{43}$/);
  expect([shown.includes(code), shown.includes(verifier)]).toEqual([false, false]);
});
