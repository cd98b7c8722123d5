import type { Validation } from 'cdk8s-cli/plugins';
import { join } from 'node:path';
import { KymaGuardValidation, type KymaGuardValidationContext } from '../../src/index';
import { clustersOf } from '../../src/plugin/clusters-of';
import { exampleApiRule, exampleJwt } from '../../src/validate/rules/security/example-api-rule';
import { exampleIssuer } from '../../src/validate/rules/security/example-issuer';
import { temporaryFolder } from '../support/temporary-folder';

type Violation = Parameters<KymaGuardValidationContext['report']['addViolation']>[0];

/** What the plugin tells cdk8s about files of a folder. */
async function run(files: Readonly<Record<string, string>>, properties: object = {}) {
  const folder = temporaryFolder(files);
  const told = { violations: [] as Violation[], status: '', lines: [] as string[] };
  const report = {
    addViolation: (violation: Violation) => void told.violations.push(violation),
    submit: (status: string) => void (told.status = status),
  };
  const manifests = Object.keys(files).filter((file) => file.endsWith('k8s.yaml'));
  await new KymaGuardValidation(withFolder(properties, folder)).validate({
    manifests: manifests.map((file) => join(folder, file)),
    logger: { log: (line) => void told.lines.push(line) },
    report,
  });
  return { ...told, rules: told.violations.map(({ ruleName }) => ruleName) };
}

/** Properties whose paths begin with `FOLDER/`. */
function withFolder(properties: object, folder: string): object {
  return JSON.parse(JSON.stringify(properties).replaceAll('FOLDER', folder));
}

const http = exampleIssuer('http://id.example.com', 'https://id.example.com/keys');
const sound = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

test('the class is what cdk8s asks of a plugin', () => {
  const plugin: Validation = new KymaGuardValidation();
  expect(typeof plugin.validate).toBe('function');
});

test('a finding is a violation with severity, place, file and fix', async () => {
  const { status, violations } = await run({ 'a.k8s.yaml': http });
  expect(status).toBe('failure');
  expect(violations).toContainEqual({
    ruleName: 'issuer-http (medium)',
    recommendation: expect.stringContaining('http://id.example.com'),
    fix: expect.any(String),
    violatingResources: [
      {
        resourceName: 'orders',
        locations: [expect.stringMatching(/^spec\.rules\[0\]\.jwt\.authentications\[0\]\.issuer \(line \d+\)$/)],
        manifestPath: expect.stringContaining('a.k8s.yaml'),
      },
    ],
  });
});

test.each<[string, Readonly<Record<string, string>>, object, string]>([
  ['sound manifests', { 'a.k8s.yaml': sound }, {}, 'success'],
  ['a finding below the threshold', { 'a.k8s.yaml': http }, { failOn: 'high' }, 'success'],
  ['a rule that is left out', { 'a.k8s.yaml': http }, { ignore: ['issuer-http'] }, 'success'],
  ['other rules', { 'a.k8s.yaml': http }, { select: ['issuer-dex'] }, 'success'],
  ['a document that cannot be read', { 'a.k8s.yaml': 'a: [' }, { failOn: 'critical' }, 'failure'],
  ['a policy that forbids', { 'a.k8s.yaml': sound, 'p.yaml': 'version: 1\nallowedIssuers: []\n' }, { policy: 'FOLDER/p.yaml' }, 'failure'],
  [
    'a policy that cannot be understood',
    { 'a.k8s.yaml': sound, 'p.yaml': 'version: 1\nallowed: []\n' },
    { policy: 'FOLDER/p.yaml' },
    'failure',
  ],
  [
    'a suppression of a named configuration',
    { 'a.k8s.yaml': http, 'g.yaml': 'version: 1\nvalidate: { ignore: [{ rule: issuer-http, reason: a mock }] }\n' },
    { config: 'FOLDER/g.yaml' },
    'success',
  ],
  ['two environments as one cluster', { 'dev/a.k8s.yaml': sound, 'prod/a.k8s.yaml': sound }, {}, 'failure'],
  ['two environments as two clusters', { 'dev/a.k8s.yaml': sound, 'prod/a.k8s.yaml': sound }, { clusters: ['dev', 'prod'] }, 'success'],
])('%s', async (_, files, properties, status) => {
  expect((await run(files, properties)).status).toBe(status);
});

const other = 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: a, namespace: b }\n';

beforeEach(() => void jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

test('a cluster without anything to check is fine beside others, and no success alone', async () => {
  const clusters = { clusters: ['dev', 'prod'] };
  expect((await run({ 'dev/a.k8s.yaml': sound, 'prod/a.k8s.yaml': other }, clusters)).status).toBe('success');
  const nothing = await run({ 'dev/a.k8s.yaml': other, 'prod/a.k8s.yaml': other }, clusters);
  expect(nothing).toMatchObject({ status: 'failure', rules: ['ERR_NOTHING_FOUND (nothing was checked)'] });
  expect(await run({})).toMatchObject({ status: 'failure', rules: ['ERR_NOTHING_FOUND (nothing was checked)'] });
});

test('a configuration that no property names is not read', async () => {
  const files = { 'a.k8s.yaml': http, 'kyma-guard.yaml': 'version: 1\nvalidate: { ignore: [{ rule: issuer-http, reason: mine }] }\n' };
  expect((await run(files)).status).toBe('failure');
});

test.each<[object, RegExp]>([
  [{ failon: 'high' }, /failon is an unknown key; did you mean failOn\?/],
  [{ failOn: 'bad' }, /failOn is "bad"; give one of critical/],
  [{ select: 'schema' }, /select is text; give a list/],
  [{ select: ['no-such-rule'] }, /there is no rule "no-such-rule"/],
  [{ ignore: ['schema', 'controller', 'security', 'set'] }, /no rule is left to run/],
  [{ select: ['policy-issuer'] }, /policy-issuer needs a policy/],
  [{ policy: 'FOLDER/none.yaml' }, /none\.yaml: no such file/],
  [{ context: 'FOLDER/none.yaml' }, /context is text; give a list/],
  [{ context: ['FOLDER/none.yaml'] }, /none\.yaml: no such file/],
  [{ against: ['a'] }, /against is a list; give text/],
  [{ domain: 7 }, /domain is 7; give text/],
])('the properties %j fail the report, with what is wrong and without a stack', async (properties, message) => {
  const { status, violations } = await run({ 'a.k8s.yaml': sound }, properties);
  const [violation, ...more] = violations;
  expect([status, more, violation?.recommendation]).toEqual(['failure', [], expect.stringMatching(message)]);
  expect(violation?.fix).toMatch(/\w\.$/);
});

const short = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`], 'orders', 'orders');
const rival = { 'c.yaml': sound.replace('name: orders, ', 'name: other, ') };
const hosts = { 'p.yaml': 'version: 1\nallowedHosts: ["*.example.com"]\n' };
const binding = (secretName: string): string =>
  `apiVersion: services.cloud.sap.com/v1\nkind: ServiceBinding\nmetadata: { name: a, namespace: b }\nspec: { serviceInstanceName: x, secretName: ${secretName} }\n`;

test.each<[string, Readonly<Record<string, string>>, object, string[]]>([
  ['a short host without domain', { 'a.k8s.yaml': short, ...hosts }, {}, ['policy-host (could not tell)']],
  ['a short host with a domain', { 'a.k8s.yaml': short, ...hosts }, { domain: 'example.com' }, []],
])('%s', async (_, files, properties, rules) => {
  expect((await run(files, { policy: 'FOLDER/p.yaml', select: ['policy-host'], ...properties })).rules).toEqual(rules);
});

test('context is taken into account and not reported on, and earlier manifests tell what must not change', async () => {
  const context = { context: ['FOLDER/c.yaml'], select: ['host-taken'] };
  expect((await run({ 'a.k8s.yaml': sound, ...rival }, context)).rules).toEqual(['host-taken (high)']);
  const against = { against: 'FOLDER/old.yaml', select: ['binding-immutable'] };
  expect((await run({ 'a.k8s.yaml': binding('new'), 'old.yaml': binding('old') }, against)).rules).toEqual(['binding-immutable (high)']);
});

test('what only warns is logged, and is no violation', async () => {
  const { status, violations, lines } = await run({ 'a.k8s.yaml': http }, { failOn: 'high', select: ['issuer-http'] });
  expect([status, violations]).toEqual(['success', []]);
  expect(lines).toEqual([expect.stringMatching(/^ {2}WARN issuer-http \(medium\) .*a\.k8s\.yaml:\d+:\d+ APIRule shop\/orders .*http:/)]);
});

test.each([
  [
    ['dist/dev/a.yaml', 'dist/dev/b.yaml', 'dist/prod/a.yaml', 'dist/c.yaml'],
    [['dist/dev/a.yaml', 'dist/dev/b.yaml'], ['dist/prod/a.yaml'], ['dist/c.yaml']],
  ],
  [['dist/dev/geo/a.yaml', 'dist/dev/shop/b.yaml'], [['dist/dev/geo/a.yaml', 'dist/dev/shop/b.yaml']]],
  [['dev/a.yaml'], [['dev/a.yaml']]],
  [[], []],
])('%j are the clusters %j', (manifests, clusters) => {
  expect(clustersOf(manifests, ['dev', 'prod'])).toEqual(clusters);
});
