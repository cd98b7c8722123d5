import { main } from '../../src/cli/main';
import { createSigningKey, privateJwk, signToken, type SigningKey } from '../../src/token/sign';
import { startGateway } from '../gateways/gateway';
import { granted, serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import type { RunningServer } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';
import { host, manifestFor } from '../support/verify-deployment';

let key: SigningKey;
let issuer: TestIssuer;
let gateway: RunningServer;
const asked: string[] = [];
beforeAll(async () => {
  key = await createSigningKey();
  issuer = await startIssuer(key, { onToken: (client) => void asked.push(client) });
  gateway = await startGateway(issuer);
});
beforeEach(() => void asked.splice(0));
afterAll(() => Promise.all([gateway.close(), issuer.close()]));

const tokenWith = (more: object = {}): Promise<string> => {
  const exp = Math.floor(Date.now() / 1000) + 600;
  return signToken(key, { claims: { iss: issuer.issuer, sub: 'jane', exp, scope: granted.scope[0], aud: [...granted.aud], ...more } });
};

async function verify(args: readonly string[], files: Record<string, string>, stdin = '') {
  const cwd = temporaryFolder({ 'api-rule.json': manifestFor(issuer), ...files });
  const captured = captureIo({ cwd, readStdin: async () => stdin });
  const place = ['--target', `${host}=${gateway.url}`, '--profile', 'smoke', '--only', `GET ${host}/orders`, '--format', 'json'];
  const named = args.map((arg) => arg.replace('ISSUER', issuer.issuer));
  const code = await main(['verify', `${cwd}/api-rule.json`, ...place, ...named], captured.io, '1.2.3');
  const report = captured.stdout() === '' ? { results: [] } : JSON.parse(captured.stdout());
  const statusOf = (id: string): string | undefined => report.results.find((result: { id: string }) => result.id === id)?.status;
  return { code, statusOf, stdout: captured.stdout(), stderr: captured.stderr() };
}

test.each([
  ['its iss says', ['--token-file', 'token.txt']],
  ['the user says', ['--token-file', 'ISSUER=token.txt']],
  ['it is from standard input', ['--token-file', '-']],
])('a token that is there already is the control of the issuer that %s', async (_, args) => {
  const token = await tokenWith();
  const { code, statusOf, stdout } = await verify(args, { 'token.txt': token }, token);
  expect([code, statusOf('control'), statusOf('protected'), asked]).toEqual([0, 'pass', 'pass', []]);
  expect(stdout).not.toContain(token.split('.')[2]);
});

test('the good token can be signed by a key of the user, with what the rules ask for', async () => {
  const { code, statusOf } = await verify(['--signing-key', 'key.json', '--iss', 'ISSUER'], {
    'key.json': JSON.stringify(await privateJwk(key)),
  });
  expect([code, statusOf('control'), statusOf('protected'), asked]).toEqual([0, 'pass', 'pass', []]);
});

test('a person with a SAML assertion is the control', async () => {
  const files = { 'key.json': serviceKey(issuer, 'good'), 'a.xml': '<Assertion>jane</Assertion>' };
  const { code, statusOf } = await verify(['--credentials', 'key.json', '--saml-assertion', 'ISSUER=a.xml'], files);
  expect([code, statusOf('protected'), asked]).toEqual([0, 'pass', ['good']]);
});

test('a token that has ended is no control, and the run says why', async () => {
  const { code, statusOf, stdout } = await verify(['--token-file', 'token.txt'], { 'token.txt': await tokenWith({ exp: 1_700_000_000 }) });
  expect([code, statusOf('protected')]).toEqual([3, 'error']);
  expect(stdout).toContain('has ended');
});

test.each<[string, readonly string[], string]>([
  ['a token of another issuer', ['--token-file', 'other.txt'], 'which no rule trusts'],
  ['an opaque token that nobody assigned', ['--token-file', 'opaque.txt'], 'names no issuer'],
  ['a sign-in for another issuer', ['--browser', 'https://other.example'], 'which no rule trusts'],
  ['a key of another issuer', ['--iss', 'https://other.example'], 'which no rule trusts'],
  ['a sign-in without a client', ['--browser', 'ISSUER'], 'needs a client'],
  ['an issuer without a key', ['--iss', 'ISSUER'], 'no key to sign'],
])('%s is a mistake that is named before anything is sent', async (_, args, message) => {
  const files = { 'other.txt': await tokenWith({ iss: 'https://other.example' }), 'opaque.txt': 'a1b2c3d4e5f6' };
  const { code, stderr } = await verify(args, files);
  expect([code, asked]).toEqual([2, []]);
  expect(stderr).toContain(message);
});
