import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diskFiles } from '../../src/files/files';
import { runSynth, type SynthOptions, type SynthOutcome } from '../../src/synth/run-synth';
import { configFolder, lockText, oneFunction } from '../support/config-folder';
import { filesBelow } from '../support/file-tree';
import { temporaryFolder } from '../support/temporary-folder';

const rule = `{ path: /a, methods: [GET], access: { jwt: { issuers: [xsuaa] } } }`;
const good = oneFunction(rule);

function synth(config: string, options: Partial<SynthOptions> = {}): Promise<SynthOutcome> {
  return runSynth({ files: diskFiles, config, log: () => undefined, ...options });
}

function dist(config: string): string {
  return join(dirname(config), 'dist');
}

test('the manifests of the example are those in dist/', async () => {
  const { results } = await synth('kyma-guard.yaml', { check: true });
  expect(results.filter(({ status }) => status === 'fail')).toEqual([]);
});

test('the same input gives the same bytes in another folder', async () => {
  const files = { 'kyma-guard.lock.yaml': lockText };
  const [one, two] = [configFolder(good, files), configFolder(good, files)];
  await Promise.all([synth(one), synth(two)]);
  expect(filesBelow(dist(one))).toEqual(filesBelow(dist(two)));
});

test('without environments the namespaces stand directly in dist/', async () => {
  const { files } = await synth(configFolder(good, { 'kyma-guard.lock.yaml': lockText }));
  expect(files).toEqual(['geo/namespace.k8s.yaml', 'geo/issuer-xsuaa.k8s.yaml', 'geo/function-fn.k8s.yaml']);
});

test('an issuer that nobody knows stops everything, and the result says what to do', async () => {
  const config = configFolder(good);
  const { results } = await synth(config);
  expect(results).toMatchObject([{ id: 'lock-missing', status: 'fail', where: { path: 'issuers.xsuaa' } }]);
  expect(results[0]?.fix).toContain('--hold xsuaa');
  expect(existsSync(dist(config))).toBe(false);
});

test.each([
  ['on the command line', good, { hold: ['xsuaa'] }],
  ['in the configuration', `${good}hold: [xsuaa]\n`, {}],
])('a hold %s leaves its API rules out, names them, and keeps the workload closed', async (_, yaml, options) => {
  const config = configFolder(yaml);
  const { held } = await synth(config, options);
  const text = readFileSync(join(dist(config), 'geo/function-fn.k8s.yaml'), 'utf8');
  expect(held).toMatchObject([{ namespace: 'geo', name: 'fn', issuers: ['xsuaa'] }]);
  expect(text).not.toContain('kind: APIRule');
  expect(text).toContain('kind: AuthorizationPolicy');
});

test('a hold leaves API rules with other issuers alone', async () => {
  const config = configFolder(oneFunction(`{ path: /a, methods: [GET], access: { jwt: { issuers: [keycloak] } } }`));
  await synth(config, { hold: ['xsuaa'] });
  expect(readFileSync(join(dist(config), 'geo/function-fn.k8s.yaml'), 'utf8')).toContain('kind: APIRule');
});

test.each([
  ['unknown', 'xsua', 'did you mean xsuaa?'],
  ['already known', 'xsuaa', 'which the lock file knows already'],
  ['of a kind that is always known', 'keycloak', 'is no XSUAA issuer'],
])('a hold of an issuer that is %s is refused', async (_, name, message) => {
  const config = configFolder(good, { 'kyma-guard.lock.yaml': lockText });
  await expect(synth(config, { hold: [name] })).rejects.toThrow(message);
});

test.each([
  ['a problem of the configuration', (yaml: string) => yaml.replace('path: /a', 'path: a')],
  ['a problem that only the manifests show', (yaml: string) => yaml.replace('runtime:', `env: { FUNC_PORT: '1' }\n    runtime:`)],
  ['a source that cannot be bundled', (yaml: string) => yaml.replace('./fn', './empty')],
])('%s leaves the old output as it was', async (_, spoil) => {
  const config = configFolder(good, { 'kyma-guard.lock.yaml': lockText, 'empty/readme.txt': '' });
  await synth(config);
  const before = filesBelow(dist(config));
  writeFileSync(config, spoil(good));
  await expect(synth(config)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
  expect(filesBelow(dist(config))).toEqual(before);
  expect(filesBelow(dirname(config)).filter(([path]) => path.startsWith('.'))).toEqual([]);
});

test('manifests that the configuration does not make any more disappear, and are named', async () => {
  const config = configFolder(good, { 'kyma-guard.lock.yaml': lockText, 'dist/geo/function-old.k8s.yaml': 'kind: Function\n' });
  const log: string[] = [];
  const { removed } = await synth(config, { log: (line) => void log.push(line) });
  expect(removed).toEqual(['geo/function-old.k8s.yaml']);
  expect(log.join()).toContain('function-old.k8s.yaml');
  expect(existsSync(join(dist(config), 'geo/function-old.k8s.yaml'))).toBe(false);
});

test.each(['notes.txt', 'geo/values.yaml', '.git/config'])('a folder that holds %s is not replaced', async (foreign) => {
  const config = configFolder(good, { 'kyma-guard.lock.yaml': lockText, [`dist/${foreign}`]: 'mine' });
  await expect(synth(config)).rejects.toMatchObject({ code: 'ERR_USAGE', message: expect.stringContaining(foreign) });
  expect(filesBelow(dist(config))).toEqual([[foreign, 'mine']]);
});

test('the folder of the configuration itself is never the output', async () => {
  const config = configFolder(good, { 'kyma-guard.lock.yaml': lockText });
  await expect(synth(config, { out: dirname(config) })).rejects.toMatchObject({ code: 'ERR_USAGE' });
  expect(existsSync(config)).toBe(true);
});

const environments = `${good.replace('[xsuaa]', '[keycloak]')}environments: { dev: { functions: { fn: { replicas: 1 } } }, prod: { functions: { fn: { replicas: 2 } } } }\n`;

test('--env writes one environment and leaves the others as they are', async () => {
  const config = configFolder(environments);
  await synth(config, { env: ['dev'] });
  expect(existsSync(join(dist(config), 'prod'))).toBe(false);
  await synth(config);
  writeFileSync(config, environments.replace('replicas: 1', 'replicas: 7').replace('replicas: 2', 'replicas: 8'));
  await synth(config, { env: ['prod'] });
  const replicas = (env: string): string => readFileSync(join(dist(config), env, 'geo/function-fn.k8s.yaml'), 'utf8');
  expect([replicas('dev'), replicas('prod')]).toEqual([expect.stringContaining('replicas: 1'), expect.stringContaining('replicas: 8')]);
});

test('--check finds what differs, is missing or is too much, and writes nothing', async () => {
  const config = configFolder(good, { 'kyma-guard.lock.yaml': lockText });
  await synth(config);
  writeFileSync(join(dist(config), 'geo/function-fn.k8s.yaml'), 'kind: Function\n');
  rmSync(join(dist(config), 'geo/issuer-xsuaa.k8s.yaml'));
  mkdirSync(join(dist(config), 'old'));
  writeFileSync(join(dist(config), 'old/a.k8s.yaml'), '');
  const before = filesBelow(dist(config));
  const { results } = await synth(config, { check: true });
  expect(results.map(({ id, status, message }) => `${id} ${status} ${message}`)).toEqual([
    'output-drift fail differs from what the configuration gives',
    'output-drift fail is missing',
    'output-drift fail is not made by the configuration (any more)',
  ]);
  expect(filesBelow(dist(config))).toEqual(before);
});

test('--check does not look at what cdk8s records', async () => {
  const config = configFolder(good, { 'kyma-guard.lock.yaml': lockText });
  await synth(config, { constructMetadata: true });
  expect(JSON.parse(readFileSync(join(dist(config), 'construct-metadata.json'), 'utf8'))).toMatchObject({
    resources: { fn: { path: expect.stringContaining('function-fn') } },
  });
  expect((await synth(config, { check: true })).results.map(({ status }) => status)).toEqual(['pass']);
});

test('a folder that may not be written is an error and nothing changes', async () => {
  const config = configFolder(good, { 'kyma-guard.lock.yaml': lockText });
  // Modes do not stop the superuser; the kernel's own folder does.
  const parent = process.getuid?.() === 0 ? '/sys' : temporaryFolder();
  if (parent !== '/sys') chmodSync(parent, 0o500);
  await expect(synth(config, { out: join(parent, 'dist') })).rejects.toMatchObject({ code: 'ERR_OUTPUT_UNWRITABLE' });
});

test('an output path below a file is an error of the output', async () => {
  const config = configFolder(good, { 'kyma-guard.lock.yaml': lockText });
  await expect(synth(config, { out: join(config, 'dist') })).rejects.toMatchObject({ code: 'ERR_OUTPUT_UNWRITABLE' });
});

test('a token in the source of a Function is refused', async () => {
  const key = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ');
  const config = configFolder(good, {
    'kyma-guard.lock.yaml': lockText,
    'fn/handler.js': `const key = '${key}';\nmodule.exports = { main: () => key.length };\n`,
  });
  await expect(synth(config)).rejects.toMatchObject({ results: [{ message: expect.stringContaining('holds a private key') }] });
});

test.each([
  ['over the limit', `module.exports = { main: function () { return '${'ä'.repeat(66_000)}'; } };`, /131.?051/],
  ['without main', 'module.exports = { handler: function () {} };', /main/],
])('a source %s is a problem of its Function', async (_, source, message) => {
  const config = configFolder(good, { 'kyma-guard.lock.yaml': lockText, 'fn/handler.js': source });
  await expect(synth(config)).rejects.toMatchObject({
    results: [{ message: expect.stringMatching(message), where: { path: expect.stringContaining('functions.fn') } }],
  });
});

test('what the kubelet would expand in a source is escaped', async () => {
  const config = configFolder(good, {
    'kyma-guard.lock.yaml': lockText,
    'fn/handler.js': "module.exports = { main: function () { return '$(HOME) $$'; } };\n",
  });
  await synth(config);
  expect(readFileSync(join(dist(config), 'geo/function-fn.k8s.yaml'), 'utf8')).toContain("'$$(HOME) $$$$'");
});

test('an empty folder of source says what belongs there', async () => {
  const config = configFolder(good.replace('./fn', './empty'), { 'kyma-guard.lock.yaml': lockText });
  mkdirSync(join(dirname(config), 'empty'));
  await expect(synth(config)).rejects.toMatchObject({ results: [{ message: 'holds no handler.js' }] });
});

test('no temporary folder is left behind', async () => {
  const config = configFolder(good, { 'kyma-guard.lock.yaml': lockText });
  await synth(config);
  await synth(config);
  expect(filesBelow(temporaryFolder())).toEqual([]);
  expect(filesBelow(dirname(config)).map(([path]) => path.split('/')[0])).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/^\./)]),
  );
});
