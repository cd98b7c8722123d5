import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import type { Io } from '../../src/cli/io';
import { readManifests } from '../../src/model/read-manifests';
import { apiRule, rule, service } from '../support/model';
import { pod, soundCluster } from '../explain/cluster-dump';
import { captureIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';

function list(...items: unknown[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

const closed = list(service(), apiRule([rule('/a', 'GET', {})]));
const open = list(service(), apiRule([rule('/a', 'GET')]));
const folder = () =>
  temporaryFolder({
    'closed.json': closed,
    'open.json': open,
    'broken.yaml': 'a: [1\n',
    'claims.json': '{"iss":"https://example.com","sub":"me"}',
    'token.txt': 'aa.bb.cc',
    'only-service.json': list(service()),
  });

async function call(at: string, args: readonly string[], more: Partial<Io> = {}) {
  const captured = captureIo({ cwd: at, ...more });
  const inFolder = args.map((arg) => (/\.(json|yaml|txt)$/.test(arg) && !arg.includes('=') ? join(at, arg) : arg));
  const code = await main(['explain', ...inFolder], captured.io, '1.2.3');
  return { code, stdout: captured.stdout(), stderr: captured.stderr() };
}

const request = 'GET https://orders.example.com/a';

test.each<[string, string[], number, RegExp]>([
  [
    'the matrix',
    ['open.json'],
    0,
    /^orders\.example\.com\n {2}PATH .*\n {2}\/a +GET +public +shop\/orders:8080 +APIRule shop\/orders spec\.rules\[0\]\n {2}anything else +404\n$/,
  ],
  ['a request', ['closed.json', '--request', request], 0, /deny: 403/],
  [
    'a request with claims',
    ['closed.json', '--request', request, '--claims', 'claims.json'],
    0,
    /with a valid token of https:\/\/example\.com\n {2}allow: reaches shop\/orders:8080/,
  ],
  [
    'a request from inside',
    ['open.json', '--request', 'GET http://orders.shop/a', '--caller', ''],
    0,
    /a caller without identity inside the cluster/,
  ],
  ['a change that opens, without being asked to fail', ['--against', 'closed.json', 'open.json'], 0, /^OPENED GET/],
  ['a change that opens, asked to fail', ['--against', 'closed.json', 'open.json', '--fail-on-open'], 1, /^OPENED GET/],
  ['a change that closes, asked to fail on opening', ['--against', 'open.json', 'closed.json', '--fail-on-open'], 0, /^CLOSED GET/],
])('%s is printed, with its exit code', async (_, args, code, text) => {
  const outcome = await call(folder(), args);
  expect([outcome.code, outcome.stdout]).toEqual([code, expect.stringMatching(text)]);
});

test.each<[string, string[]]>([
  ['--istio', ['closed.json', '--istio']],
  ['--close', ['open.json', '--close', request]],
])('%s prints YAML and nothing else', async (_, args) => {
  const { code, stdout } = await call(folder(), args);
  const kinds = stdout.match(/^kind: .*$/gm);
  // Objects of `--istio` have a generated name, which `kubectl create` takes.
  const { problems } = readManifests(stdout.replaceAll('generateName:', 'name:'), 'printed.yaml');
  expect([code, kinds?.length, problems]).toEqual([0, expect.any(Number), []]);
});

test.each<[string, string[], RegExp]>([
  ['no path', [], /no path is given/],
  ['neither APIRules nor Istio objects', ['only-service.json'], /no APIRule and no Istio object.*\(ERR_NOTHING_FOUND\)/],
  ['a document that cannot be read', ['open.json', 'broken.yaml'], /ERR_MANIFEST_INVALID/],
  ['two questions', ['open.json', '--istio', '--request', request], /--request and --istio are given together/],
  ['a header without a request', ['open.json', '--header', 'a: b'], /--header is given without --request/],
  ['--fail-on-open alone', ['open.json', '--fail-on-open'], /without --against/],
  ['a bad address', ['open.json', '--request', 'GET nonsense'], /no http address/],
  ['a token in the place of claims', ['open.json', '--request', request, '--claims', 'token.txt'], /holds a token/],
  ['claims that are not there', ['open.json', '--request', request, '--claims', 'missing.json'], /no such file/],
  ['nothing to close', ['closed.json', '--close', request], /refused already, with 403/],
  ['an unknown severity', ['open.json', '--fail-on', 'terrible'], /Allowed choices are critical/],
])('%s ends with exit code 2 and an empty stdout', async (_, args, message) => {
  const outcome = await call(folder(), args);
  expect([outcome.code, outcome.stdout]).toEqual([2, '']);
  expect(outcome.stderr).toMatch(message);
});

const bare = () => list(...soundCluster().filter(({ kind }) => kind !== 'Pod'), pod(['main']));

test.each<[string, string[], number]>([
  ['explaining is no judging', ['-'], 0],
  ['a threshold makes a finding a failure', ['-', '--fail-on', 'medium'], 1],
  ['a threshold above it does not', ['-', '--fail-on', 'critical'], 0],
])('findings in a cluster: %s', async (_, args, code) => {
  const outcome = await call(folder(), args, { readStdin: async () => bare() });
  expect([outcome.code, outcome.stdout]).toEqual([
    code,
    expect.stringMatching(/orders\.example\.com[\s\S]*shop\/orders +Ready[\s\S]*pod-without-sidecar/),
  ]);
});

test('what cannot be told about a request is exit code 3', async () => {
  const asked = list(service(), apiRule([{ path: '/a', methods: ['GET'], extAuth: { authorizers: ['login'] } }]));
  expect((await call(folder(), ['-', '--request', request], { readStdin: async () => asked })).code).toBe(3);
});

test.each<[string, string[], string]>([
  ['the matrix', ['closed.json'], 'matrix'],
  ['a decision', ['closed.json', '--request', request], 'decision'],
  ['objects', ['closed.json', '--istio'], 'istio'],
  ['changes', ['--against', 'closed.json', 'open.json'], 'changes'],
  ['a policy', ['open.json', '--close', request], 'policy'],
])('JSON holds %s under data, and the same bytes each time', async (_, args, name) => {
  const at = folder();
  const [first, second] = [await call(at, [...args, '--format', 'json']), await call(at, [...args, '--format', 'json'])];
  expect(Object.keys(JSON.parse(first.stdout).data)).toContain(name);
  expect(first.stdout).toBe(second.stdout);
});

test('Markdown shows the matrix as a table before the report', async () => {
  const { stdout } = await call(folder(), ['closed.json', '--format', 'markdown']);
  expect(stdout).toMatch(
    /^## Who may call what\n\n### orders\.example\.com\n\n\| Path \| Methods \| Who \| Workload \| Rule \|\n\| --- \|/,
  );
});

test('text of a manifest reaches the terminal harmless', async () => {
  const hostile = list(service(), apiRule([rule('/a', 'GET')], { hosts: ['\u001b[31mx.example.com\n::error::y'] }));
  const { stdout } = await call(folder(), ['-'], { readStdin: async () => hostile });
  expect(stdout).not.toMatch(/\u001b|^::/m);
});

test('the example of the repository is explained without findings', async () => {
  const { code, stdout } = await call('.', ['dist/dev', '--fail-on', 'low']);
  expect([code, stdout.includes('note: a token that no issuer accepts')]).toEqual([0, true]);
  expect(readFileSync('docs/explain.md', 'utf8')).toContain(stdout.split('\n\n').at(-1)?.trimEnd() ?? '');
});
