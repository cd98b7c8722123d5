import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { localSessionFile } from '../../src/model/local-session';
import { issuerOf } from '../../src/token/credentials';
import { decodeToken } from '../../src/token/decode';
import { parseCredentials } from '../../src/token/parse-credentials';
import { createSigningKey } from '../../src/token/sign';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import { endedProcess, leaveSession } from '../support/local-session';
import { temporaryFolder } from '../support/temporary-folder';
import { manifestFor } from '../support/verify-deployment';

const name = 'https://geo.authentication.example.com/oauth/token';
let issuer: TestIssuer;

beforeAll(async () => {
  issuer = await startIssuer(await createSigningKey(), { name });
});
afterAll(() => issuer.close());

async function token(args: readonly string[], session: Parameters<typeof leaveSession>[2] | object = {}) {
  const cwd = temporaryFolder();
  await leaveSession(cwd, issuer, { url: 'http://127.0.0.1:9', manifest: manifestFor(issuer), ...session });
  const captured = captureIo({ cwd, env: { VCAP_SERVICES: '{"xsuaa":[]}' } });
  const code = await main(['token', ...args], captured.io, '1.2.3');
  return { code, stdout: captured.stdout(), stderr: captured.stderr() };
}

test.each([
  ['without a name', []],
  ['by its issuer', [name]],
  ['by its host', ['geo.authentication.example.com']],
])('a running local gives a token of its issuer %s', async (_, args) => {
  const { code, stdout } = await token([...args, '--local']);
  expect([code, decodeToken(stdout.trim())?.claims]).toEqual([0, expect.objectContaining({ iss: name, sub: 'good' })]);
});

test('an issuer that local does not run is named beside those that it runs', async () => {
  const { code, stderr } = await token(['id.example.com', '--local']);
  expect([code, stderr]).toEqual([2, expect.stringMatching(new RegExp(`no credentials are for "id.example.com"[^]*${name}`))]);
});

test('a local that has ended gives no token', async () => {
  expect(await token(['--local'], { pid: endedProcess() })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('not running any more'),
  });
});

test.each([
  ['issuers elsewhere', { issuers: { [name]: 'https://id.example.com' } }],
  ['targets elsewhere', { targets: { 'a.example.com': 'http://10.0.0.1' } }],
  ['credentials outside its run folder', { credentials: [{ issuer: name, path: '/etc/hostname' }] }],
  ['keys in a folder that others can read', { signingKeys: '/etc/signing-keys.json' }],
])('a session that names %s is not believed, for it could have come with a checkout', async (_, session) => {
  expect(await token(['--local'], session)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('it is not believed') });
});

test('a session that others can write or read is not believed', async () => {
  const cwd = temporaryFolder();
  await leaveSession(cwd, issuer, { url: 'http://127.0.0.1:9', manifest: manifestFor(issuer) });
  chmodSync(join(cwd, localSessionFile), 0o644);
  const { io, stderr } = captureIo({ cwd });
  expect([await main(['token', '--local'], io, '1'), stderr()]).toEqual([2, expect.stringContaining('it is not believed')]);
});

test('the issuer of a key with token_url is the one that it names', () => {
  expect(issuerOf(parseCredentials(serviceKey(issuer, 'good'), 'good.json'))).toBe(name);
});
