import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { main } from '../../src/cli/main';
import type { Io } from '../../src/cli/io';
import { diskFiles } from '../../src/files/files';
import { createSender } from '../../src/http/sender';
import { createTokenContext } from '../../src/token/obtain';
import { createSigningKey, privateJwk, signToken, type SigningKey } from '../../src/token/sign';
import { tokenFileSource } from '../../src/token/token-file';
import { obtainFrom } from '../../src/token/token-source';
import { serviceKey } from '../support/credentials';
import { captureIo } from '../support/fake-io';
import { serveTokenEndpoint } from '../support/recording-token-endpoint';
import { temporaryFolder } from '../support/temporary-folder';

let key: SigningKey;
beforeAll(async () => void (key = await createSigningKey({ kid: 'k1', alg: 'ES256' })));

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function call(args: readonly string[], files: Record<string, string> = {}, io: Partial<Io> = {}) {
  const cwd = temporaryFolder(files);
  const captured = captureIo({ cwd, now: () => new Date(), ...io });
  const code = await main(['token', ...args.map((arg) => arg.replace('CWD', cwd))], captured.io, '1.2.3');
  return { code, stdout: captured.stdout(), stderr: captured.stderr() };
}

describe('a token that the user signs', () => {
  const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const files = async (): Promise<Record<string, string>> => ({ 'key.json': JSON.stringify(await privateJwk(key)), 'key.pem': pem });

  test.each(['key.json', 'key.pem'])('holds against the key set that --jwks prints, for %s', async (file) => {
    const jwks = await call(['--signing-key', file, '--jwks'], await files());
    const claims = [
      '--iss',
      'https://i.example',
      '--sub',
      'jane',
      '--aud',
      'orders',
      '--aud',
      'bills',
      '--scope',
      'read',
      '--scope',
      'write',
    ];
    const { code, stdout, stderr } = await call(['--signing-key', file, ...claims, '--ttl', '90s'], await files());
    expect([code, stderr, jwks.code, jwks.stderr]).toEqual([0, '', 0, '']);
    const { payload } = await jwtVerify(stdout.trim(), createLocalJWKSet(JSON.parse(jwks.stdout)), { issuer: 'https://i.example' });
    expect(payload).toMatchObject({ sub: 'jane', aud: ['orders', 'bills'], scope: 'read write', jti: expect.any(String) });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(90);
    const [published] = JSON.parse(jwks.stdout).keys;
    expect(Object.keys(published).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(name))).toEqual([]);
    expect(published.kid).toMatch(file === 'key.json' ? /^k1$/ : /^[\w-]{43}$/);
  });

  test('has defaults, and nothing that nobody asked for', async () => {
    const { stdout } = await call(['--signing-key', 'key.json', '--iss', 'https://i.example'], await files());
    const { iat = 0, exp = 0, jti: _jti, ...rest } = decodeJwt(stdout.trim());
    expect([rest, exp - iat]).toEqual([{ iss: 'https://i.example', sub: 'kyma-guard' }, 600]);
  });
});

test.each<[readonly string[], string]>([
  [['--signing-key', 'k'], '--signing-key needs --iss'],
  [['--jwks'], '--jwks goes with --signing-key'],
  [['--credentials', 'x', '--aud', 'orders'], '--aud goes with --signing-key'],
  [['--credentials', 'x', '--redirect', 'http://localhost:1'], '--redirect goes with --browser'],
  [['--browser', '--token-file', 'x'], 'two ways to a token'],
  [['--token-file', 'x', '--credentials', 'y'], '--credentials has nothing to do with it'],
  [['--token-file', 'x', '--scope', 'read'], 'no effect'],
  [['--signing-key', 'key.json', '--iss', 'i', '--ttl', 'soon'], '--ttl is "soon"'],
  [['--token-file', 'empty'], 'there is no token in'],
  [['--token-file', 'html'], 'there is no token in'],
  [['--signing-key', 'html', '--jwks'], 'holds no private signing key'],
  [['--credentials', 'CWD/client.json', '--saml-assertion', 'empty'], 'there is no SAML assertion in empty'],
])('token %j is a mistake that is named', async (args, message) => {
  const files = {
    'key.json': JSON.stringify(await privateJwk(key)),
    empty: '',
    html: '<html>top-secret</html>',
    'client.json': JSON.stringify(serviceKey()),
  };
  const { code, stdout, stderr } = await call(args, files);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('top-secret');
});

describe('--saml-assertion', () => {
  const xml = '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">jane&#229;</saml:Assertion>\n';

  test.each<[string, string]>([
    ['XML', xml],
    [
      'base64 in lines',
      Buffer.from(xml.trim())
        .toString('base64')
        .replace(/(.{40})/g, '$1\n'),
    ],
    ['base64url', Buffer.from(xml.trim()).toString('base64url')],
  ])('given as %s goes out as base64url beside the client', async (_, text) => {
    const endpoint = await serveTokenEndpoint(() => [200, { access_token: 'person.token.x' }]);
    open.push(endpoint);
    const files = { 'a.xml': text, 'key.json': JSON.stringify(serviceKey({ url: endpoint.url })) };
    const { code, stdout } = await call(['--credentials', 'CWD/key.json', '--saml-assertion', 'a.xml', '--scope', 'read'], files);
    expect([code, stdout]).toEqual([0, 'person.token.x\n']);
    const form = endpoint.calls[0]?.form;
    expect(form?.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:saml2-bearer');
    expect(form?.get('assertion')).toBe(Buffer.from(xml.trim()).toString('base64url'));
    expect([form?.get('client_id'), form?.get('scope')]).toEqual(['sb-geo!t1', 'read']);
  });

  test('that the issuer does not take is said to be so, once', async () => {
    const endpoint = await serveTokenEndpoint(() => [400, { error: 'invalid_grant', error_description: xml }]);
    open.push(endpoint);
    const files = { 'a.xml': xml, 'key.json': JSON.stringify(serviceKey({ url: endpoint.url })) };
    const { code, stderr } = await call(['--credentials', 'CWD/key.json', '--saml-assertion', 'a.xml'], files);
    expect([code, endpoint.calls.length]).toEqual([3, 1]);
    expect(stderr).toContain('Get a new SAML assertion');
    expect(stderr).not.toContain('jane');
  });
});

describe('a token file', () => {
  const made = (exp: number): Promise<string> => signToken(key, { claims: { iss: 'https://i.example', sub: 's', exp } });
  const clock = { ms: 1_800_000_000_000 };
  const context = (): ReturnType<typeof createTokenContext> => {
    const sender = createSender({ userAgent: 'x', runId: 'run' });
    open.push(sender);
    return createTokenContext(sender, { now: () => clock.ms });
  };
  const noStdin = async (): Promise<string> => '';

  test.each<[string, (token: string) => string]>([
    ['alone', (token) => `${token}\n`],
    ['after Bearer', (token) => `Authorization: Bearer ${token}`],
    ['as the answer of a token endpoint', (token) => JSON.stringify({ access_token: token, token_type: 'bearer' })],
  ])('with the token %s is read', async (_, wrap) => {
    const token = await made(clock.ms / 1000 + 600);
    const { code, stdout } = await call(['--token-file', 'token.txt'], { 'token.txt': wrap(token) });
    expect([code, stdout]).toEqual([0, `${token}\n`]);
  });

  test('is read once, and again when the token has ended', async () => {
    const [first, second] = await Promise.all([made(clock.ms / 1000 + 60), made(clock.ms / 1000 + 120)]);
    const path = join(temporaryFolder({ token: first }), 'token');
    const reads: string[] = [];
    const source = await tokenFileSource(path, { readText: (file, max) => (reads.push(file), diskFiles.readText(file, max)) }, noStdin);
    const run = context();
    expect([source.issuer, (await obtainFrom(run, source)).secret.reveal()]).toEqual(['https://i.example', first]);
    writeFileSync(path, second);
    expect((await obtainFrom(run, source)).secret.reveal()).toBe(first);
    clock.ms += 60_000;
    expect((await obtainFrom(run, source)).secret.reveal()).toBe(second);
    expect(reads).toHaveLength(2);
    clock.ms += 60_000;
    await expect(obtainFrom(run, source)).rejects.toThrow(/has ended$/);
  });

  test('from standard input cannot be read again', async () => {
    const token = await made(clock.ms / 1000 + 60);
    const source = await tokenFileSource('https://other.example=-', diskFiles, async () => token);
    const run = context();
    expect([source.issuer, (await obtainFrom(run, source)).secret.reveal()]).toEqual(['https://other.example', token]);
    clock.ms += 60_000;
    await expect(obtainFrom(run, source)).rejects.toMatchObject({ hint: expect.stringContaining('read once') });
  });
});

describe('what a token endpoint gives that no gateway will take', () => {
  test.each<[string, () => Promise<string>, string]>([
    ['an opaque token', async () => 'a1b2c3d4e5f6', 'opaque token'],
    [
      'a token of another issuer',
      () => signToken(key, { claims: { iss: 'https://evil.example/\u001b[31m', sub: 's' } }),
      'iss of the token says "https://evil.example/',
    ],
    ['a token without issuer', () => signToken(key, { claims: { sub: 's' } }), 'iss of the token says nothing'],
  ])('%s is handed over with a note', async (_, make, note) => {
    const token = await make();
    const endpoint = await serveTokenEndpoint(() => [200, { access_token: token }]);
    open.push(endpoint);
    const { code, stdout, stderr } = await call(['--credentials', 'CWD/k.json'], {
      'k.json': JSON.stringify(serviceKey({ url: endpoint.url })),
    });
    expect([code, stdout]).toEqual([0, `${token}\n`]);
    expect(stderr).toContain(note);
    expect(stderr).not.toMatch(/\u001b/);
  });
});
