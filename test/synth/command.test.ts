import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from '../../src/cli/main';
import type { CheckResult } from '../../src/model/check-result';
import { configFolder, lockText, oneFunction } from '../support/config-folder';
import { captureIo } from '../support/fake-io';
import { filesBelow } from '../support/file-tree';

const yaml = oneFunction(`{ path: /a, methods: [GET], access: { jwt: { issuers: [xsuaa] } } }`);
const locked = { 'kyma-guard.lock.yaml': lockText };

async function synth(config: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const captured = captureIo();
  return {
    code: await main(['synth', '--config', config, ...args], captured.io, '0.0.0'),
    stdout: captured.stdout(),
    stderr: captured.stderr(),
  };
}

test.each([
  ['0 when all is written', yaml, locked, [], 0],
  ['0 when the rest is written and the hold was asked for', yaml, {}, ['--hold', 'xsuaa'], 0],
  ['1 when an issuer is unknown', yaml, {}, [], 1],
  ['1 when --check finds a difference', yaml, locked, ['--check'], 1],
  ['2 when the configuration is wrong', yaml.replace('cluster', 'clustr'), locked, [], 2],
  ['2 when the environment does not exist', yaml, locked, ['--env', 'dev'], 2],
  ['2 when an option is unknown', yaml, locked, ['--chek'], 2],
])('exit code %s', async (_, text, files, args, code) => {
  expect((await synth(configFolder(text, files), ...args)).code).toBe(code);
});

test('what is held is told on stderr', async () => {
  const { stdout, stderr } = await synth(configFolder(yaml), '--hold', 'xsuaa', '--format', 'json');
  expect(stderr).toContain('APIRule geo/fn is held: nobody knows xsuaa yet');
  expect(JSON.parse(stdout)).toMatchObject({ verb: 'synth', data: { held: [{ namespace: 'geo', name: 'fn', issuers: ['xsuaa'] }] } });
});

const environments = `${yaml}environments: { dev: {}, test: {}, prod: {} }\n`;
const devLocked = { 'kyma-guard.lock.yaml': lockText.replace('default:', 'dev:') };

test('--env may be given several times, and each of them is written', async () => {
  const config = configFolder(environments);
  expect(await synth(config, '--env', 'prod', '--env', 'dev', '--hold', 'xsuaa')).toMatchObject({ code: 0 });
  const folders = new Set(filesBelow(join(dirname(config), 'dist')).map(([path]) => path.split('/')[0]));
  expect([...folders]).toEqual(['dev', 'prod']);
});

test('an unknown environment among known ones is refused, and nothing is written', async () => {
  const config = configFolder(environments);
  expect(await synth(config, '--env', 'dev', '--env', 'prd', '--hold', 'xsuaa')).toMatchObject({ code: 2 });
  expect(existsSync(join(dirname(config), 'dist'))).toBe(false);
});

test('an option that counts once is not dropped when it is given twice', async () => {
  expect(await synth(configFolder(yaml, locked), '--out', 'a', '--out', 'b')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--out'),
  });
});

test('an unknown issuer is told per environment, with the commands for just that one', async () => {
  const { stdout } = await synth(configFolder(environments, devLocked), '--format', 'json');
  const results = JSON.parse(stdout).results as CheckResult[];
  expect(results.map(({ fix }) => /synth (.*)\./.exec(fix ?? '')?.[1])).toEqual(['--env test --hold xsuaa', '--env prod --hold xsuaa']);
  expect(results[0]?.fix).toMatch(
    /kubectl -n geo get secret xsuaa-[0-9a-f]{8} -o yaml \| kyma-guard lock xsuaa --env test --credentials -/,
  );
  expect(new Set(results.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

test('--hold is fine as long as one environment needs it', async () => {
  expect(await synth(configFolder(environments, devLocked), '--hold', 'xsuaa')).toMatchObject({ code: 0 });
});

test.each([
  ['every environment of the call knows already', ['--env', 'dev', '--hold', 'xsuaa'], 'which the lock file knows already in dev'],
  ['is no XSUAA', ['--hold', 'keycloak'], 'keycloak, which is no XSUAA issuer'],
])('--hold of an issuer that %s is refused', async (_, args, message) => {
  expect(await synth(configFolder(environments, devLocked), ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});

test('the text says what was written, removed and held, what to do next, and where the Secret is', async () => {
  const config = configFolder(environments, { ...devLocked, 'dist/prod/geo/function-old.k8s.yaml': '' });
  const { stdout } = await synth(config, '--hold', 'xsuaa');
  expect(stdout).toMatch(/wrote \S+dist\/dev\/?: 3 files\n {2}geo\/namespace\.k8s\.yaml\n/);
  expect(stdout).toMatch(/removed \S+prod\/geo\/function-old\.k8s\.yaml/);
  expect(stdout).toMatch(
    /held in prod: APIRule geo\/fn, until xsuaa is known.*\n {2}next: deploy, then kubectl -n geo get secret xsuaa-\w+ -o yaml/,
  );
  expect(stdout).toMatch(/Secret xsuaa-\w{8} of issuer xsuaa in namespace geo \(dev, test, prod\)/);
});

test('what is held differs per environment, also in its fingerprint', async () => {
  const { stdout } = await synth(configFolder(environments, devLocked), '--hold', 'xsuaa', '--format', 'json');
  const { data, results } = JSON.parse(stdout) as { data: { held: unknown }; results: CheckResult[] };
  expect(data.held).toMatchObject([{ environment: 'test' }, { environment: 'prod' }]);
  expect(new Set(results.map(({ fingerprint }) => fingerprint)).size).toBe(results.length);
});

test('the report names what it was made of, wherever the folder is', async () => {
  const digest = async (files: Record<string, string>): Promise<string> =>
    JSON.parse((await synth(configFolder(yaml, { ...locked, ...files }), '--format', 'json')).stdout).run.inputDigest;
  const first = await digest({});
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await digest({})).toBe(first);
  expect(await digest({ 'fn/handler.js': 'module.exports = { main: function () { return 2; } };\n' })).not.toBe(first);
  expect(await digest({ 'kyma-guard.lock.yaml': `${lockText}# note\n` })).not.toBe(first);
});

test('an issuer that is known by derivation only is named as a warning', async () => {
  const derived = { 'kyma-guard.lock.yaml': lockText.replace('issuer: token, jwksUri: discovery', 'issuer: derived, jwksUri: derived') };
  const { code, stderr, stdout } = await synth(configFolder(yaml, derived), '--format', 'json');
  expect([code, stderr]).toEqual([0, expect.stringContaining('knows xsuaa by derivation only')]);
  expect(JSON.parse(stdout).results).toContainEqual(expect.objectContaining({ id: 'lock-derived', status: 'warn' }));
});

test('a missing configuration says which file was looked for', async () => {
  expect(await synth('/nowhere/kyma-guard.yaml')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('/nowhere/kyma-guard.yaml'),
  });
});

test('the same configuration gives the same report', async () => {
  const config = configFolder(yaml, locked);
  const first = await synth(config, '--format', 'json');
  expect((await synth(config, '--format', 'json')).stdout).toBe(first.stdout);
});

test('--out names another folder', async () => {
  const config = configFolder(yaml, locked);
  await synth(config, '--out', join(dirname(config), 'elsewhere'));
  expect(filesBelow(join(dirname(config), 'elsewhere')).map(([path]) => path)).toEqual([
    'geo/function-fn.k8s.yaml',
    'geo/issuer-xsuaa.k8s.yaml',
    'geo/namespace.k8s.yaml',
  ]);
});
