import { readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import { deadUrl, serve, type RunningServer } from '../support/http-server';
import { readOpenMetrics } from '../support/open-metrics';
import { temporaryFolder } from '../support/temporary-folder';
import { readsOnly } from '../support/verify-report';
import { createDeploymentKeys, host, manifestFor } from '../support/verify-deployment';

interface Received {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let issuer: TestIssuer;
let sound: RunningServer;
let weak: RunningServer;
let store: RunningServer;
let folder: string;
let answer = 201;
/** Answers that come before it, in turn. */
let before: number[] = [];
let received: Received[] = [];

beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
  [sound, weak] = await Promise.all([startGateway(issuer), startGateway(issuer, readsOnly)]);
  store = await serve((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method, url, headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(parts).toString() });
      const status = before.shift() ?? answer;
      const passing = status === 429 || status >= 500;
      response.writeHead(status, passing ? { 'Retry-After': '0' } : status === 302 ? { Location: `${store.url}/elsewhere` } : {}).end();
    });
  });
  folder = temporaryFolder();
  await writeFile(join(folder, 'api-rule.json'), manifestFor(issuer));
  await writeFile(join(folder, 'good.json'), serviceKey(issuer, 'good'));
  await writeFile(join(folder, 'token'), 'upload-token-of-the-store\n');
  await writeFile(join(folder, 'log'), 'what stood there before');
});
afterAll(() => Promise.all([issuer, sound, weak, store].map((server) => server.close())));
beforeEach(() => {
  answer = 201;
  before = [];
  received = [];
});

async function verify(gateway: RunningServer, ...given: (string | Record<string, string>)[]) {
  const args = given.filter((one) => typeof one === 'string');
  const captured = captureIo({
    cwd: folder,
    env: Object.assign({}, ...given.filter((one) => typeof one !== 'string')) as Record<string, string>,
  });
  const at = ['--target', `${host}=${gateway.url}`, '--credentials', 'good.json', '--profile', 'smoke', '--only', `GET ${host}/orders`];
  const code = await main(['verify', join(folder, 'api-rule.json'), ...at, ...args], captured.io, '1.2.3');
  return { code, stdout: captured.stdout(), stderr: captured.stderr() };
}

test('reports arrive with PUT, each with its type, and without any credential of the target', async () => {
  const { code } = await verify(
    sound,
    ...['--report', `json=${store.url}/a?sig=x1y2z3`, '--report', `openmetrics=${store.url}/metrics/job/guard`, '--label', 'cluster=prod'],
  );
  expect(code).toBe(0);
  expect(received.map(({ method, url, headers }) => [method, url, headers['content-type'], headers.authorization])).toEqual([
    ['PUT', '/a?sig=x1y2z3', 'application/json', undefined],
    ['PUT', '/metrics/job/guard', 'application/openmetrics-text; version=1.0.0; charset=utf-8', undefined],
  ]);
  expect(JSON.parse(received[0]!.body)).toMatchObject({ verb: 'verify', run: { labels: { cluster: 'prod' } }, summary: { fail: 0 } });
  expect(readOpenMetrics(received[1]!.body).find(({ name }) => name === 'kyma_guard_route_protected')).toMatchObject({
    labels: { cluster: 'prod', host, path: '/orders', method: 'GET', issuer: issuer.issuer },
    value: 1,
  });
});

test('shards leave their reports at places of their own, with labels of their own', async () => {
  const reports = ['--report', `json=${store.url}/run/{shard}.json`, '--report', `openmetrics=${store.url}/shard/{shard}`];
  for (const index of ['0', '1']) await verify(sound, '--shards', '2', ...reports, { JOB_COMPLETION_INDEX: index });
  await verify(sound, ...reports);
  const metrics = received.filter(({ url }) => url?.startsWith('/shard/')).map(({ body }) => readOpenMetrics(body)[0]?.labels['shard']);
  expect(received.map(({ url }) => url)).toEqual(['1', '2', 'all'].flatMap((shard) => [`/run/${shard}.json`, `/shard/${shard}`]));
  expect(metrics).toEqual(['1', '2', undefined]);
});

test('a token for the store comes from a file, and never appears in an output', async () => {
  const { stdout, stderr } = await verify(sound, '--report', `json=${store.url}/a`, '--report-token-file', 'token', '--verbose');
  expect(received[0]?.headers.authorization).toBe('Bearer upload-token-of-the-store');
  expect(`${stdout}${stderr}`).not.toContain('upload-token');
});

test.each([
  ['503, then takes it', [503], 0],
  ['500 twice, then takes it', [500, 502], 0],
  ['429 with the time to wait, then takes it', [429], 0],
  ['500 three times', [500, 500, 500], 3],
  ['429 twice', [429, 429], 3],
  ['401, then would take it', [401], 3],
])('a store that answers %s', async (_, answers, exitCode) => {
  before = [...answers];
  const { code } = await verify(sound, '--report', `json=${store.url}/a`);
  expect([code, received.length]).toEqual([exitCode, exitCode === 0 ? answers.length + 1 : answers.length]);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
});

test.each([
  [403, 'it answered 403'],
  [302, 'it answered 302, and redirects are not followed'],
])('a store that answers %i is told on stderr, and exit code 3', async (status, message) => {
  answer = status;
  const { code, stderr } = await verify(sound, '--report', `json=${store.url}/a?sig=x1y2z3`);
  expect([code, stderr, received.length]).toEqual([
    3,
    `kyma-guard: the json report did not reach 127.0.0.1:${store.port}: ${message}\n`,
    1,
  ]);
});

test('a store that is down is exit code 3 after a good run, and 1 after a bad one', async () => {
  expect(await verify(sound, '--report', `json=${deadUrl}/a`)).toMatchObject({ code: 3, stderr: expect.stringContaining('did not reach') });
  expect(await verify(weak, '--report', `json=${deadUrl}/a`)).toMatchObject({ code: 1, stderr: expect.stringContaining('did not reach') });
});

test.each([
  ['a host outside the scope', ['--report', 'json=https://reports.example.com/a'], /reports\.example\.com is not in the scope/],
  ['a report in the clear', ['--scope', '*.example.com', '--report', 'json=http://reports.example.com/a'], /in the clear/],
  ['a password in the address', ['--scope', '*.example.com', '--report', 'json=https://me:pass@reports.example.com/a'], /user or password/],
  ['a token without a server', ['--report-token-file', 'token'], /--report-token-file needs a report/],
  ['another protocol', ['--report', 'json=ftp://reports.example.com/a'], /no https URL/],
  ['a plan, which sends nothing', ['--plan', '--report', 'json=https://reports.example.com/a'], /--plan sends nothing/],
])('%s is refused before the first request, and exit code 2', async (_, args, message) => {
  let asked = 0;
  const gateway = await serve((_request, response) => void (asked++, response.end()));
  const { code, stderr } = await verify(gateway, ...args);
  await gateway.close();
  expect([code, asked, received.length]).toEqual([2, 0, 0]);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('me:pass');
});

test('a verb that opens no socket sends no report', async () => {
  const captured = captureIo({ cwd: folder });
  const code = await main(['validate', 'api-rule.json', '--report', `json=${store.url}/a`], captured.io, '1.2.3');
  expect([code, received.length, captured.stderr()]).toEqual([2, 0, expect.stringContaining('validate sends nothing')]);
});

describe('--termination-message', () => {
  const message = (): Promise<string> => readFile(join(folder, 'log'), 'utf8');

  test('says what the run came to, in the file that stands there', async () => {
    const { code } = await verify(weak, '--termination-message', 'log', '--label', 'cluster=prod');
    const [first, second, third] = (await message()).split('\n');
    expect(first).toMatch(/^kyma-guard verify: .*\d+ fail; exit code 1$/);
    expect([code, second]).toEqual([1, 'cluster=prod']);
    expect(third).toMatch(/^FAIL critical \S+ GET orders\.example\.test\/orders - /);
  });

  test('says why there is no result', async () => {
    const { code } = await verify(sound, '--credentials', 'none.json', '--termination-message=log');
    expect(code).toBe(2);
    expect(await message()).toMatch(/^kyma-guard: .*none\.json.* \(ERR_\w+\); exit code 2\n/);
  });

  test('that cannot be written is an error with exit code 2', async () => {
    const { code, stderr } = await verify(sound, '--termination-message', 'no/such/folder/log');
    expect([code, stderr]).toEqual([2, expect.stringContaining('ERR_OUTPUT_UNWRITABLE')]);
  });
});
