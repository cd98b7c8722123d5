import { main } from '../../src/cli/main';
import type { CheckResult } from '../../src/model/check-result';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import { deadUrl, type RunningServer } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, host, manifestFor } from '../support/verify-deployment';

let issuer: TestIssuer;
let gateway: RunningServer;
beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
  gateway = await startGateway(issuer);
});
afterAll(() => Promise.all([issuer.close(), gateway.close()]));

interface Seen {
  readonly code: number;
  readonly stderr: string;
  readonly results: readonly CheckResult[];
}

async function verify(...args: string[]): Promise<Seen> {
  const denied = JSON.stringify({ clientid: 'c', clientsecret: 'secret-of-c', url: 'https://else.example.test' });
  const cwd = temporaryFolder({
    'rule.json': manifestFor(issuer),
    'good.json': serviceKey(issuer, 'good'),
    'denied.json': denied,
    'stranger.json': serviceKey(issuer, 'stranger'),
  });
  const captured = captureIo({ cwd });
  const usual = ['--target', `${host}=${gateway.url}`, '--credentials', 'good.json', '--profile', 'smoke'];
  const report = ['--report', 'json=r.json'];
  const code = await main(
    ['verify', `${cwd}/rule.json`, ...usual, ...report, '--only', `GET ${host}/orders`, ...args],
    captured.io,
    '1.2.3',
  );
  const text = code === 2 ? '{"results":[]}' : await captured.io.files.readText(`${cwd}/r.json`);
  return { code, stderr: captured.stderr(), results: (JSON.parse(text) as Pick<Seen, 'results'>).results };
}

test('an issuer that is mistyped is refused, with what was meant', async () => {
  const { code, stderr } = await verify('--issuer', `${issuer.issuer}x=${issuer.url}`);
  expect([code, stderr]).toEqual([2, expect.stringContaining(`(did you mean "${issuer.issuer}"?)`)]);
});

test('a host stands for the issuer there, with and without the path of the issuer in the address', async () => {
  const { host: name, pathname } = new URL(issuer.issuer);
  const codes = [`${name}=${issuer.url}`, `${issuer.issuer}=${issuer.url}${pathname === '/' ? '' : pathname}`].map(async (pair) => {
    const { code, results } = await verify('--issuer', pair);
    return [code, results.find(({ id }) => id === 'issuer-keys')?.status];
  });
  expect(await Promise.all(codes)).toEqual([
    [0, 'pass'],
    [0, 'pass'],
  ]);
});

test('a client that must be refused may be of an issuer that no rule trusts', async () => {
  const args = ['--deny-credentials', 'foreign=denied.json', '--issuer', `${issuer.issuer}=${issuer.url}`];
  const { code, stderr } = await verify(...args, '--issuer', 'https://else.example.test=http://127.0.0.1:9');
  expect([code === 2, stderr]).toEqual([false, expect.not.stringContaining('no rule and no credential')]);
});

test('an issuer that gives no answer is named with the address that was asked', async () => {
  const { results } = await verify('--issuer', `${issuer.issuer}=${deadUrl}`);
  expect(results.find(({ id }) => id === 'issuer-keys')?.message).toContain(`(asked at ${deadUrl}) gave no answer`);
});

test('of several clients of one issuer the first is used, and the run says so', async () => {
  const { code, stderr } = await verify('--credentials', 'stranger.json', '--issuer', `${issuer.issuer}=${issuer.url}`);
  expect(code).toBe(0);
  expect(stderr).toMatch(/several credentials are of \S+; \S*good\.json is used, \S*stranger\.json left aside/);
});
