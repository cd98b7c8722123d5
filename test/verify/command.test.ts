import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import type { Report } from '../../src/report/report';
import { privateJwk } from '../../src/token/sign';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import type { RunningServer } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, host, manifestFor } from '../support/verify-deployment';
import { readsOnly } from '../support/verify-report';

let issuer: TestIssuer;
let sound: RunningServer;
let weak: RunningServer;
let folder: string;

beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
  [sound, weak] = await Promise.all([startGateway(issuer), startGateway(issuer, readsOnly)]);
  folder = temporaryFolder();
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
  await write('api-rule.json', manifestFor(issuer));
  await write('good.json', serviceKey(issuer, 'good'));
  await write('stranger.json', serviceKey(issuer, 'stranger'));
  await write('keys.json', JSON.stringify(await privateJwk(issuer.key)));
  await write('no-key.json', '{"kty":"RSA"}');
  await write('idle-hints.json', '[{"rule":"/orders","query":"a=b"},{"rule":"/order","query":"a=b"}]');
  await write('odd-hints.json', '[{"rule":"/orders","methd":"GET"},{"rule":"/orders","colour":1}]');
  await mkdir(join(folder, 'taken'));
  await write('scope.txt', '# ours\n*.example.test\n');
  await write('namespace.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n');
});
afterAll(() => Promise.all([issuer, sound, weak].map((server) => server.close())));

async function verify(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const captured = captureIo({ cwd: folder });
  const code = await main(['verify', join(folder, 'api-rule.json'), ...args], captured.io, '1.2.3');
  return { code, stdout: captured.stdout(), stderr: captured.stderr() };
}

const target = (server: RunningServer): string[] => ['--target', `${host}=${server.url}`, '--credentials', 'good.json'];

test('what --skip leaves out is named in the report', async () => {
  const { stdout } = await verify(...target(sound), '--skip', 'GET */healthz');
  expect(stdout).toContain('Left out by --only or --skip, so not judged: GET orders.example.test/healthz');
});

test('a sound deployment is exit code 0 and says how much was asked', async () => {
  const { code, stdout } = await verify(...target(sound), '--deny-credentials', 'no scope=stranger.json', '--signing-key', 'keys.json');
  expect(stdout).toMatch(/3 calls of 1 host, \d+ probes in profile standard, \d+ requests/);
  expect(stdout).not.toMatch(/FAIL|ERROR|WARN/);
  expect(code).toBe(0);
});

test('a weak deployment is exit code 1 and names its weakness', async () => {
  const { code, stdout } = await verify(...target(weak));
  expect(stdout).toMatch(/FAIL {2}foreign-key critical - The signature is not verified/);
  expect(code).toBe(1);
});

test('a deployment that is not there is exit code 3', async () => {
  const { code, stdout } = await verify('--target', `${host}=http://127.0.0.1:9`, '--credentials', 'good.json');
  expect([code, /PASS|FAIL/.test(stdout)]).toEqual([3, false]);
});

test('the report in JSON is one object with claims, requests and run id', async () => {
  const { stdout } = await verify(...target(sound), '--format', 'json', '--label', 'stage=test');
  const report = JSON.parse(stdout) as { run: object; results: { id: string; request?: string }[] };
  expect(report.run).toMatchObject({
    labels: { stage: 'test' },
    vantage: 'this machine, over loopback',
    startedAt: '2026-01-01T00:00:00.000Z',
  });
  expect(report.results.find(({ id }) => id === 'no-token')?.request).toBe('GET /orders');
});

test('a plan is shown and nothing is sent', async () => {
  const { code, stdout } = await verify('--target', `${host}=http://127.0.0.1:9`, '--plan', '--format', 'json', '--gentle');
  const { data } = JSON.parse(stdout) as { data: { plan: { hosts: { requests: number; seconds: number }[] } } };
  expect(data.plan.hosts[0]?.seconds).toBe(Math.ceil((data.plan.hosts[0]?.requests ?? 0) / 5));
  expect(code).toBe(0);
});

test.each<[what: string, args: string[], says: RegExp]>([
  ['a target outside the scope', ['--target', `${host}=http://gateway.example.test`], /gateway\.example\.test is not in the scope/],
  ['a host without target outside the scope', [], /orders\.example\.test is not in the scope/],
  ['a scope that is too broad', ['--scope', '*'], /scope "\*"/],
  ['no local run', ['--local'], /no kyma-guard local runs in this folder/],
  ['a credentials file that is not there', ['--credentials', 'nothing.json'], /nothing\.json/],
  ['a key file without private key', ['--signing-key', 'no-key.json'], /holds no private signing key/],
  ['hints that are none', ['--expect', 'scope.txt'], /scope\.txt is not JSON/],
  ['a wait that is no duration', ['--wait', 'soon'], /give a duration/],
  ['a rate of zero', ['--rate', '0'], /--rate is "0"/],
  ['an unknown profile', ['--profile', 'all'], /Allowed choices are smoke, standard, full/],
  [
    'a selection that fits nothing',
    ['--only', 'GET nowhere/*'],
    /--only is "GET nowhere\/\*", which fits no route[^]*METHOD HOST\/PATH[^]*GET orders\.example\.test\/orders, POST orders\.example\.test\/orders, GET /,
  ],
  [
    'a pattern for a host that is mistyped',
    ['--skip', 'GET oders.example.test/*'],
    /fits no route \(did you mean "GET orders\.example\.test\/\*"\?\)/,
  ],
  ['a host out of scope, with the way to test here', [], /--target HOST=http:\/\/127\.0\.0\.1:PORT/],
  ['a route to leave out that is none', ['--skip', '/orders'], /--skip is "\/orders", which fits no route/],
  ['a selection that leaves nothing', ['--skip', '*'], /no route is left: --skip takes out all/],
  [
    'a route that may stay undecided and is none',
    ['--accept-undecided', `POST ${host}/order`],
    /--accept-undecided is "POST orders\.example\.test\/order", which fits no route \(did you mean "POST orders\.example\.test\/orders"\?\)[^]*METHOD HOST\/PATH/,
  ],
  [
    'a route without its method',
    ['--accept-undecided', `${host}/healthz`],
    /fits no route \(did you mean "GET orders\.example\.test\/healthz"\?\)/,
  ],
  [
    'several patterns, of which none fits',
    ['--only', 'GET /a', '--skip', 'GET /b', '--accept-undecided', `POST *`, '--accept-undecided', 'PUT *'],
    /--only is "GET \/a", which fits no route; --skip is "GET \/b", which fits no route; --accept-undecided is "PUT \*", which fits no route \(ERR_USAGE\)\n/,
  ],
  [
    'consent for a host that is none',
    ['--allow-disruptive', 'order.example.test'],
    /--allow-disruptive is "order\.example\.test", which is no host of these manifests \(did you mean "orders\.example\.test"\?\)[^]*The hosts are orders\.example\.test\./,
  ],
  [
    'a target for a host that is none',
    ['--target', 'shop.example.test=http://127.0.0.1:9'],
    /--target is for "shop\.example\.test", which is no host of these manifests/,
  ],
  [
    'a sample for what is no wildcard host',
    ['--sample', `${host}=a`],
    /--sample is for "orders\.example\.test", which is no wildcard host of these manifests/,
  ],
  ['hints that fit no route', ['--expect', 'idle-hints.json'], /--expect has an entry \[1\] that fits no route: \{"rule":"\/order"\}/],
  [
    'hints that fit no route, told in the form of that file',
    ['--expect', 'idle-hints.json'],
    /An entry names host, rule[^]*\{"host":"orders/,
  ],
  [
    'hints with members that mean nothing',
    ['--expect', 'odd-hints.json'],
    /odd-hints\.json has an entry \[0\] with the unknown member "methd" \(did you mean "method"\?\); has an entry \[1\] with the unknown member "colour"/,
  ],
  ['a report where a folder is', ['--report', 'html=taken'], /cannot write .*taken: is a folder, a file is expected/],
  [
    'a report below a file',
    ['--report', 'html=scope.txt/x/r.html'],
    /cannot write .*r\.html: .*scope\.txt is a file, a folder is expected/,
  ],
  ...(process.platform === 'linux'
    ? [
        ['a report where no folder can be', ['--report', 'html=/proc/nope/r.html'], /cannot write \/proc\/nope\/r\.html/] as [
          string,
          string[],
          RegExp,
        ],
      ]
    : []),
  ['a client to refuse without label', ['--deny-credentials', 'key.json'], /--deny-credentials is "key\.json"; give LABEL=PATH/],
])('%s is exit code 2', async (_, args, says) => {
  const { code, stderr } = await verify(...args);
  expect(stderr).toMatch(says);
  expect(code).toBe(2);
});

test('a plan names the probes of each route where more is asked for', async () => {
  const [short, long] = await Promise.all([verify(...target(sound), '--plan'), verify(...target(sound), '--plan', '--verbose')]);
  expect([short.stdout.includes('no-token, '), long.stdout.includes('no-token, ')]).toEqual([false, true]);
});

test('the same file given twice is one file, for verify and for validate', async () => {
  const rule = join(folder, 'api-rule.json');
  const { code, stdout } = await verify(rule, ...target(sound), '--plan', '--format', 'json');
  expect([code, stdout.includes('manifest-duplicate')]).toEqual([0, false]);
  const both = captureIo({ cwd: folder });
  await main(['validate', rule, folder, '--format', 'json'], both.io, '1.2.3');
  const { results } = JSON.parse(both.stdout()) as Pick<Report, 'results'>;
  expect(results.filter(({ id }) => id === 'manifest-duplicate')).toEqual([]);
});

test('what an option names is looked for among all routes, those of other shards and those left out included', async () => {
  const named = ['--accept-undecided', `POST ${host}/orders`, '--allow-disruptive', host, '--skip', `POST ${host}/*`];
  const codes = [1, 2, 3].map(async (index) => (await verify(...target(sound), ...named, '--shard', `${index}/3`, '--plan')).code);
  expect(await Promise.all(codes)).toEqual([0, 0, 0]);
  const idle = [1, 2, 3].map(
    async (index) => (await verify(...target(sound), '--accept-undecided', 'GET /a', '--shard', `${index}/3`)).code,
  );
  expect(await Promise.all(idle)).toEqual([2, 2, 2]);
});

test.each([
  [['--target', '*.example.test=http://127.0.0.1:9'], 'http://127.0.0.1:9'],
  [['--target', '*.test=http://127.0.0.1:8', '--target', '*.example.test=http://127.0.0.1:9'], 'http://127.0.0.1:9'],
  [['--target', '*.example.test=http://127.0.0.1:8', '--target', `${host}=http://127.0.0.1:9`], 'http://127.0.0.1:9'],
])('of the targets %j the narrowest counts', async (args, url) => {
  const { stdout } = await verify(...args, '--credentials', 'good.json', '--profile', 'smoke', '--format', 'json');
  expect((JSON.parse(stdout) as { data: { targets: unknown } }).data.targets).toEqual([{ host, url: `${url}/` }]);
});

test('a target for names that no host is below is refused', async () => {
  const { code, stderr } = await verify('--target', '*.example.net=http://127.0.0.1:9');
  expect([code, stderr]).toEqual([2, expect.stringContaining('--target is for "*.example.net", which is no host of these manifests')]);
});

test('manifests without an APIRule are exit code 2', async () => {
  const captured = captureIo({ cwd: folder });
  expect(await main(['verify', join(folder, 'namespace.yaml')], captured.io, '1.2.3')).toBe(2);
  expect(captured.stderr()).toMatch(/no APIRule/);
});

test('a plan for people names hosts, routes and their cost', async () => {
  const { stdout } = await verify('--target', `${host}=http://127.0.0.1:9`, '--plan');
  expect(stdout).toMatch(
    /^orders\.example\.test: at most \d+ requests \(\d+ safe\)\n {2}GET orders\.example\.test\/orders \(jwt, asked as \/orders\): \d+ requests, impact safe\n/,
  );
  expect(stdout).toMatch(/Nothing was sent\.\n$/);
});

test('a scope file opens the hosts in it', async () => {
  const { code } = await verify('--scope-file', 'scope.txt', '--plan');
  expect(code).toBe(0);
});

describe('--baseline', () => {
  const rejudge = (...args: string[]) => verify(...target(weak), '--baseline', 'accepted.json', ...args);
  const resultsOf = (stdout: string) => (JSON.parse(stdout) as Report).results;

  test('takes what was accepted out of the count, and keeps it in sight', async () => {
    const first = await rejudge('--update-baseline', '--format', 'json');
    expect([first.code, first.stderr]).toEqual([0, expect.stringMatching(/^accepted\.json: [1-9]\d* accepted findings, 0 before/)]);
    const again = await rejudge('--format', 'json');
    const accepted = resultsOf(again.stdout).filter(({ suppressed }) => suppressed);
    expect([again.code, accepted.some(({ id, status }) => id === 'foreign-key' && status === 'skip')]).toEqual([0, true]);
  });

  test('never hides a worse result, another one, or one whose day is over', async () => {
    const file = join(folder, 'accepted.json');
    const { accepted } = JSON.parse(await readFile(file, 'utf8')) as { accepted: Record<string, string>[] };
    const change = (id: string, members: Record<string, string>) =>
      accepted.map((entry) => (entry['id'] === id ? { ...entry, ...members } : entry));
    const codes = [];
    for (const entries of [
      change('foreign-key', { severity: 'low' }),
      change('foreign-key', { status: 'warn' }),
      change('foreign-key', { message: 'another' }),
      change('foreign-key', { until: '2025-12-31' }),
      change('foreign-key', { until: '2026-01-01', reason: 'until the gateway is renewed' }),
    ]) {
      await writeFile(file, JSON.stringify({ version: 1, accepted: entries }));
      codes.push((await rejudge('--only', 'GET */orders')).code);
    }
    expect(codes).toEqual([1, 1, 1, 1, 0]);
  });

  test('drops what no longer occurs with --prune-baseline, and says so without', async () => {
    const sane = (...args: string[]) => verify(...target(sound), '--baseline', 'accepted.json', ...args);
    expect((await sane('--verbose')).stdout).toContain('baseline-stale');
    expect((await sane('--prune-baseline')).stderr).toMatch(/^accepted\.json: 0 accepted findings/);
  });
});

test('the report in JSON holds the published schema, with matrix, claims, issuers and targets', async () => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  addFormats.default(ajv);
  const valid = ajv.compile(JSON.parse(await readFile('report.schema.json', 'utf8')));
  const report = JSON.parse((await verify(...target(sound), '--format', 'json')).stdout) as Report;
  expect(valid(report) || valid.errors).toBe(true);
  expect(report.data).toMatchObject({
    claims: expect.arrayContaining([expect.objectContaining({ claim: 'protected', status: 'pass' })]),
    matrix: { columns: expect.arrayContaining(['closed-to-anonymous', 'protected', 'public-open', 'signature']) },
    issuers: [{ issuer: issuer.issuer, keys: { published: expect.any(Number) }, token: { obtained: true } }],
    targets: [{ host, url: `${sound.url}/` }],
  });
});
