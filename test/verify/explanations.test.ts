import type { CheckResult } from '../../src/model/check-result';
import { main } from '../../src/cli/main';
import { startGateway, type Change } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import type { RunningServer } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, host, manifestFor, type DeploymentKeys } from '../support/verify-deployment';

let keys: DeploymentKeys;
let issuer: TestIssuer;
const running: RunningServer[] = [];

beforeAll(async () => {
  keys = await createDeploymentKeys();
  issuer = started(await startIssuer(keys.issuer));
});
afterAll(() => Promise.all(running.map((server) => server.close())));

function started<T extends RunningServer>(server: T): T {
  running.push(server);
  return server;
}

/** What `verify` says of `GET /orders` at a URL. */
async function verify(url: string, { args = [], hints = [], at = issuer }: { args?: string[]; hints?: object[]; at?: TestIssuer } = {}) {
  const files = { 'rule.json': manifestFor(at), 'good.json': serviceKey(at, 'good'), 'hints.json': JSON.stringify(hints) };
  const cwd = temporaryFolder(files);
  const captured = captureIo({ cwd });
  const usual = ['--target', `${host}=${url}`, '--credentials', 'good.json', '--expect', 'hints.json', '--format', 'json'];
  const code = await main(['verify', `${cwd}/rule.json`, ...usual, '--only', `GET ${host}/orders`, ...args], captured.io, '1.2.3');
  const { results } = JSON.parse(captured.stdout()) as { results: CheckResult[] };
  const find = (id: string) => results.find((result) => result.id === id);
  return { code, results, control: find('control'), closed: find('closed-to-anonymous'), protected: find('protected'), find };
}

const gatewayAt = async (change: Change = () => ({})): Promise<string> => started(await startGateway(issuer, change)).url;
const dead = 'http://127.0.0.1:9';

test('a marker that the good answer lacks is named, with what to correct', async () => {
  const { code, control, ...seen } = await verify(await gatewayAt(), { hints: [{ rule: 0, marker: 'articleNumber' }] });
  expect(control?.message).toMatch(/the good answer lacks the marker "articleNumber" of the hints \(annotation kyma-guard\/probe, or/);
  expect(control?.fix).toContain('Correct probe.marker');
  expect(seen.protected?.message).toContain('the good answer lacks the marker');
  expect([code, JSON.stringify(seen.results).includes('was refused')]).toEqual([3, false]);
});

test('an expected status that differs is named beside the real one', async () => {
  const { control } = await verify(await gatewayAt(), { hints: [{ rule: 0, status: 204 }] });
  expect(control?.message).toMatch(/the good answer has status 200, the hints .* say 204/);
  expect(control?.fix).toContain('Correct probe.status');
});

test('keys of an issuer that cannot be reached are not to be replaced', async () => {
  const gone = await startIssuer(keys.issuer);
  await gone.close();
  const { find } = await verify(await gatewayAt(), { at: gone });
  expect(find('issuer-keys')?.message).toContain('ECONNREFUSED');
  expect(find('issuer-keys')?.fix).toMatch(/reachable.*--issuer ISSUER=URL/);
});

test.each([
  ['a port where nothing listens', dead, [], /ECONNREFUSED/, /something listens.*--target/],
  ['a host that does not exist', 'https://nowhere.invalid', ['--scope', 'nowhere.invalid'], /ENOTFOUND|EAI_AGAIN/, /host name.*--target/],
])('%s is named with its reason, and the fix speaks of the address', async (_, url, args, reason, fix) => {
  const seen = await verify(url, { args: [...args, '--rate', '1000'] });
  expect([seen.code, seen.control?.actual, seen.closed?.message]).toEqual([
    3,
    expect.stringMatching(reason),
    expect.stringMatching(reason),
  ]);
  expect([seen.control?.fix, seen.closed?.fix]).toEqual([expect.stringMatching(fix), expect.stringMatching(fix)]);
});

test('a target that keeps silent is a timeout', async () => {
  const silent = started(await startGateway(issuer, () => ({ verify: () => new Promise(() => undefined) })));
  const { control } = await verify(silent.url, { args: ['--timeout', '0.4', '--profile', 'smoke'] });
  expect([control?.actual, control?.fix]).toEqual(['no answer within 400 ms', expect.stringContaining('--timeout')]);
});

test('a workload that fails is what the fix speaks of', async () => {
  const broken = { status: 500, type: 'text/plain', body: 'User function not loaded' };
  const { control } = await verify(await gatewayAt(() => ({ workload: () => broken })));
  expect(control?.message).toContain('500');
  expect(JSON.stringify(control)).not.toContain('User function not loaded');
  expect(control?.fix).toMatch(/^Look at the workload/);
});

test.each([400, 415, 422])('a workload that takes the call for malformed with %i, before anything else, is told apart', async (status) => {
  const malformed = { status, type: 'application/json', body: '{"error":"no body"}' };
  const { code, control } = await verify(
    await gatewayAt(() => ({ bypass: () => true, workload: () => malformed, refuse: () => malformed })),
  );
  expect([code, control?.status]).toEqual([3, 'error']);
  expect(control?.fix).toContain('give probe.body, probe.query or probe.path');
});

test('a public route whose target is not there says why', async () => {
  const { find } = await verify(dead, { args: ['--only', `GET ${host}/healthz`] });
  expect(find('public-open')?.message).toContain('ECONNREFUSED');
  expect(find('public-open')?.fix).toContain('--target');
});
