import { dirname, join } from 'node:path';
import { main } from '../../src/cli/main';
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
  expect(JSON.parse(stdout)).toMatchObject({ verb: 'synth', data: { held: ['geo/fn'] } });
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
