import { statSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import type { Io } from '../../src/cli/io';
import { createSigningKey, signToken } from '../../src/token/sign';
import { serviceKey } from '../support/credentials';
import { captureIo } from '../support/fake-io';
import { serve, type RunningServer } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';

const claims = { iss: 'https://geo.example/oauth/token', sub: 'sb-geo!t1', exp: 1_767_229_200, name: '\u001b[31m' };
let server: RunningServer;
let token: string;
let asked = 0;
beforeAll(async () => {
  token = await signToken(await createSigningKey({ kid: 'k1' }), { claims });
  server = await serve((request, response) => {
    asked += 1;
    response.writeHead(request.url === '/oauth/token' ? 200 : 404).end(JSON.stringify({ access_token: token, token_type: 'bearer' }));
  });
});
beforeEach(() => (asked = 0));
afterAll(() => server.close());

interface Given extends Partial<Io> {
  readonly keys?: Readonly<Record<string, unknown>>;
}
async function call(
  args: readonly string[],
  { keys = { 'key.json': serviceKey({ url: server.url, issuer: claims.iss }) }, ...io }: Given = {},
) {
  const cwd = temporaryFolder(Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, JSON.stringify(key)])));
  const captured = captureIo({ cwd, ...io });
  const code = await main(['token', ...args.map((arg) => arg.replace('CWD', cwd))], captured.io, '1.2.3');
  return { code, stdout: captured.stdout(), stderr: captured.stderr(), cwd };
}
const withKey = ['--credentials', 'CWD/key.json'];

test('the token, and nothing else, is printed', async () => {
  expect(await call(withKey)).toMatchObject({ code: 0, stdout: `${token}\n`, stderr: '' });
});

test('in CI nothing is fetched or printed without --to', async () => {
  const { code, stdout, stderr } = await call(withKey, { env: { CI: 'true' } });
  expect([code, stdout, asked]).toEqual([2, '', 0]);
  expect(stderr).toContain('--to FILE');
});

test('--to writes a file that only its owner can read', async () => {
  const { code, stdout, stderr, cwd } = await call([...withKey, '--to', 'token.txt'], { env: { CI: 'true' } });
  expect([code, stdout, readFileSync(join(cwd, 'token.txt'), 'utf8')]).toEqual([0, '', `${token}\n`]);
  expect(statSync(join(cwd, 'token.txt')).mode & 0o777).toBe(0o600);
  expect(stderr).not.toContain(token);
});

test('--decode shows header and claims, never the signature, and no control character', async () => {
  const { code, stdout, stderr } = await call([...withKey, '--decode'], { env: { CI: 'true' } });
  expect(JSON.parse(stdout)).toEqual({ header: { alg: 'RS256', typ: 'JWT', kid: 'k1' }, claims });
  expect([code, stdout.includes('\u001b'), stdout.includes(token.split('.')[2] ?? ''), stderr]).toEqual([
    0,
    false,
    false,
    'Expires in 3600 seconds.\n',
  ]);
});

test.each(['', 'Bearer ', 'Authorization: Bearer '])('a token on standard input with %j before it is decoded', async (prefix) => {
  const { stdout } = await call(['-', '--decode'], { readStdin: async () => `${prefix}${token}\n` });
  expect(JSON.parse(stdout)).toMatchObject({ claims: { sub: 'sb-geo!t1' } });
  expect(asked).toBe(0);
});

test('--format json gives header and claims as data of a report', async () => {
  const { stdout } = await call([...withKey, '--decode', '--format', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    verb: 'token',
    data: { header: { kid: 'k1' }, claims: { sub: 'sb-geo!t1' } },
  });
});

const two = { 'a.json': serviceKey({ url: 'https://a.example' }), 'b.json': serviceKey({ url: 'https://geo.example' }) };
const both = ['--credentials', 'CWD/a.json', '--credentials', 'CWD/b.json'];

test('of several credentials one is chosen by its issuer, which may be elsewhere', async () => {
  const args = [...both, claims.iss, '--issuer', `${claims.iss}=${server.url}`];
  expect(await call(args, { keys: two })).toMatchObject({ code: 0, stdout: `${token}\n` });
});

test.each([
  ['its host', 'geo.example'],
  ['its path', 'CWD/b.json'],
  ['its file', 'b.json'],
  ['its file without suffix', 'b'],
])('of several credentials one is chosen by %s', async (_, name) => {
  const args = [...both, name, '--issuer', `${claims.iss}=${server.url}`];
  expect(await call(args, { keys: two })).toMatchObject({ code: 0, stdout: `${token}\n` });
});

test('a name that is given with the file chooses it', async () => {
  expect(await call(['--credentials', 'xsuaa=CWD/key.json', 'xsuaa'])).toMatchObject({ code: 0, stdout: `${token}\n` });
});

test.each<[string, readonly string[], RegExp]>([
  ['a name that is nearly one', [...both, 'geo.exampel'], /no credentials are for "geo.exampel"; did you mean "geo.example"\?/],
  ['a pair that is none', [...both, 'b', '--issuer', 'x'], /--issuer is "x"; give ISSUER=URL/],
  ['several credentials and no name', both, /there are 2 credentials/],
  ['an issuer that no credential is for', [...both, 'https://c.example'], /no credentials are for "https:\/\/c.example"/],
  ['no credentials', [], /there are no credentials/],
  ['a file that is not there', ['--credentials', 'CWD/none.json'], /none\.json/],
  ['an address that is none', [...both, '--issuer', 'https://a.example=x'], /no base URL|2 credentials/],
  ['standard input without --decode', ['-'], /--decode/],
])('%s ends with exit code 2', async (_, args, message) => {
  const { code, stdout, stderr } = await call(args, { keys: two });
  expect([code, stdout, asked]).toEqual([2, '', 0]);
  expect(stderr).toMatch(message);
});

test('a token as argument is refused without being repeated', async () => {
  const { code, stderr } = await call([token, '--decode']);
  expect([code, stderr.includes(token), stderr.includes('standard input')]).toEqual([2, false, true]);
});

test.each([
  ['text', 'not a token'],
  ['nothing', ''],
])('%s on standard input is no token', async (_, text) => {
  expect(await call(['-', '--decode'], { readStdin: async () => text })).toMatchObject({ code: 2, stdout: '' });
});

test('a refused client ends with exit code 3, and the secret is nowhere', async () => {
  const refusing = await serve((_, response) => response.writeHead(401).end('{"error": "invalid_client"}'));
  const key = serviceKey({ url: refusing.url });
  const { code, stdout, stderr } = await call(withKey, { keys: { 'key.json': key } });
  await refusing.close();
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/answered with status 401 \(invalid_client\)/);
  expect(stderr).not.toContain(key.clientsecret);
});
