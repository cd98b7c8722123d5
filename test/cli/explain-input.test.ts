import { main } from '../../src/cli/main';
import { apiRule, policy, rule, service } from '../support/model';
import { captureIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';

const list = (...items: unknown[]): string => JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 1);
const host = 'orders.example.com';
const at = temporaryFolder({
  'full/a.json': list(service(), apiRule([rule('/a', 'GET')])),
  'full/b.json': list({ ...apiRule([rule('/b', 'GET')], {}, 'second'), apiVersion: 'gateway.kyma-project.io/v1beta1' }),
  'short/a.json': list(service(), apiRule([rule('/a', 'GET')], { hosts: ['orders'] })),
  'rule/a.json': list(apiRule([rule('/a', 'GET', {})])),
  'context/a.json': list(
    service(),
    apiRule([rule('/a', 'GET')], { hosts: ['other.example.com'] }, 'other'),
    policy({ action: 'ALLOW', rules: [{ to: [{ operation: { paths: ['/a'] } }] }] }),
  ),
  'closed/a.json': list(service(), policy({ action: 'ALLOW' })),
  'empty/README.md': 'later',
  'chart/Chart.yaml': 'name: a\n',
  'chart/values.yaml': 'a: 1\n',
  'chart/templates/a.yaml': '{{- if .Values.a }}\nkind: APIRule\n{{- end }}\n',
  'mixed/a.json': list(service(), apiRule([rule('/a', 'GET')])),
  'mixed/chart/Chart.yaml': 'name: a\n',
  'mixed/chart/templates/a.yaml': 'kind: {{ .Values.kind }}\n',
});

async function call(verb: string, ...args: string[]) {
  const captured = captureIo();
  const inFolder = args.map((arg) => (/^(full|closed|short|rule|context|empty|chart|mixed|missing)$/.test(arg) ? `${at}/${arg}` : arg));
  const code = await main([verb, ...inFolder], captured.io, '1.2.3');
  return { code, stdout: captured.stdout().replaceAll(at, ''), stderr: captured.stderr().replaceAll(at, '') };
}

describe.each(['not a domain', 'kyma.ondemand.com.', 'https://kyma.ondemand.com', '*.kyma.ondemand.com', 'Kyma.ondemand.com', ''])(
  '--domain %j',
  (domain) => {
    test.each([
      ['explain', 'full'],
      ['validate', 'full'],
      ['local', 'full'],
      ['verify', 'full', '--target', `${host}=http://127.0.0.1:1`],
    ])('is a wrong call of %s', async (verb, ...args) => {
      const { code, stdout, stderr } = await call(verb, ...args, '--domain', domain);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`--domain is "${domain}"`);
    });
  },
);

test.each([
  ['--close', 2],
  ['--request', 3],
])('%s at a host without a domain names --domain as the fix', async (option, expected) => {
  const { code, stdout, stderr } = await call('explain', 'short', option, `GET https://${host}/a`);
  expect([code, `${stdout}${stderr}`]).toEqual([expected, expect.stringContaining('with --domain')]);
  expect(`${stdout}${stderr}`).not.toMatch(/Give the Service|No rule speaks/);
});

test.each([
  ['github', /^kyma-guard explain: 2 objects checked, no finding\n$/],
  ['junit', /<testcase classname="kyma-guard" name="2 objects checked, no finding">/],
  ['markdown', /\| `\/a` \| GET \| public \|[\s\S]*2 objects checked, no finding/],
  ['sarif', /"results": \[\]/],
])('%s of a matrix without findings says what was looked at', async (format, text) => {
  const { code, stdout } = await call('explain', `${at}/full/a.json`, '--format', format);
  expect([code, stdout]).toEqual([0, expect.stringMatching(text)]);
});

test.each([
  ['--format', 'sarif'],
  ['--format', 'junit'],
  ['--format', 'github'],
  ['--report', 'sarif=never.sarif'],
])('objects cannot be asked for with %s %s', async (option, format) => {
  const { code, stdout, stderr } = await call('explain', 'full', '--istio', option, format);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/--istio prints objects[\s\S]*text, json or markdown/);
});

test.each([['empty'], ['none']])('--against %s: there was nothing before', async (before) => {
  const { code, stdout } = await call('explain', '--against', before, 'short', '--domain', 'example.com', '--fail-on-open');
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^OPENED GET https:\/\/orders\.example\.com\/a /)]);
});

test('--against a path that is not there is a wrong call', async () => {
  expect((await call('explain', '--against', 'missing', 'full')).code).toBe(2);
});

test('a chart that is not rendered is no broken manifest, and no answer', async () => {
  const { code, stdout } = await call('explain', 'chart');
  expect([code, stdout]).toEqual([3, expect.stringContaining('helm template /chart | kyma-guard explain -')]);
});

test('beside a chart the rest is explained, and the run is undecided', async () => {
  const { code, stdout } = await call('explain', 'mixed');
  expect([code, stdout]).toEqual([3, expect.stringMatching(/\/a +GET +public[\s\S]*chart-not-rendered/)]);
});

test('--context decides with, and is not shown', async () => {
  const [alone, { stdout }] = [await call('explain', 'rule'), await call('explain', 'rule', '--context', 'context')];
  expect(alone.stdout).toMatch(/\/a +GET +JWT +shop\/orders:8080 \(assumed\)/);
  expect(stdout).toMatch(/\/a +GET +public +shop\/orders:8080 +APIRule shop\/orders[\s\S]*admitted by AuthorizationPolicy shop\/manual/);
  expect(stdout).not.toContain('other.example.com');
});

test.each([
  ['12', /ERR_DOCUMENT_TOO_LARGE/],
  ['much', /give a number of bytes/],
])('--max-document %s', async (size, message) => {
  const yaml = `${temporaryFolder({ 'a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n' })}/a.yaml`;
  const { code, stderr } = await call('explain', yaml, '--max-document', size);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});

test.each(['text', 'markdown'])('%s of an input that exposes nothing says so', async (format) => {
  const { code, stdout } = await call('explain', 'closed', '--format', format);
  expect([code, stdout]).toEqual([0, expect.stringContaining('no host is exposed')]);
});

test('findings stand in the order of files and lines, each with its page', async () => {
  const bad = (name: string) => apiRule([rule('/a', 'GET')], { hosts: [] }, name);
  const file = `${temporaryFolder({ 'a.json': list(service(), bad('one'), { ...bad('two'), apiVersion: 'gateway.kyma-project.io/v1beta1' }, bad('three')) })}/a.json`;
  const { stdout } = await call('explain', file, '--format', 'json');
  const results: { where: { line: number }; docs?: string }[] = JSON.parse(stdout).results;
  const lines = results.map(({ where }) => where.line);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  expect(results.filter(({ docs }) => !docs)).toEqual([]);
});

test.each([
  ['api-rule-error', /docs\/explain\.md#api-rule-error/],
  ['access-opened', /docs\/explain\.md#access-opened/],
  ['manifest-syntax', /docs\/checks\.md#other-results/],
  ['chart-not-rendered', /docs\/checks\.md#other-results/],
])('validate --explain %s names the page of what is no rule', async (id, text) => {
  const { code, stdout } = await call('validate', '--explain', id);
  expect([code, stdout]).toEqual([0, expect.stringMatching(text)]);
});
