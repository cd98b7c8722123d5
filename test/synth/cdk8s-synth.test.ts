import { buildSync } from 'esbuild';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { filesBelow } from '../support/file-tree';
import { temporaryFolder } from '../support/temporary-folder';

let app: string;

beforeAll(() => {
  const folder = temporaryFolder();
  app = join(folder, 'main.js');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  buildSync({
    entryPoints: ['src/main.ts'],
    outfile: app,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
});

/** A folder with the example, as a user of cdk8s has it. */
function exampleFolder(): string {
  const folder = temporaryFolder({ 'cdk8s.yaml': `language: typescript\napp: node ${app}\noutput: dist\n` });
  for (const name of ['kyma-guard.yaml', 'kyma-guard.lock.yaml', 'xs-security.json', 'functions'])
    cpSync(name, join(folder, name), { recursive: true });
  return folder;
}

function run(file: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): SpawnSyncReturns<string> {
  const variables = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', ...env };
  return spawnSync(process.execPath, [file, ...args], { cwd, env: variables, encoding: 'utf8' });
}

test('cdk8s synth writes the same bytes as kyma-guard synth', () => {
  const folder = exampleFolder();
  const { status, stderr } = run(resolve('node_modules/cdk8s-cli/bin/cdk8s'), ['synth', '--check-upgrade=false'], folder);
  expect([status, stderr]).toEqual([0, expect.stringContaining('held in prod')]);
  expect(filesBelow(join(folder, 'dist'))).toEqual(filesBelow('dist'));
});

test('construct-metadata.json is written only when cdk8s asks for it', () => {
  const folder = exampleFolder();
  run(app, [], folder, { CDK8S_OUTDIR: 'out' });
  expect(existsSync(join(folder, 'out/construct-metadata.json'))).toBe(false);
  run(app, [], folder, { CDK8S_OUTDIR: 'out', CDK8S_RECORD_CONSTRUCT_METADATA: 'true' });
  expect(existsSync(join(folder, 'out/construct-metadata.json'))).toBe(true);
});

test('a wrong configuration ends cdk8s synth with its problems and their places', () => {
  const folder = exampleFolder();
  writeFileSync(join(folder, 'kyma-guard.yaml'), 'version: 1\nclustr: {}\n');
  expect(run(app, [], folder)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('kyma-guard.yaml:2:9 clustr: the key "clustr" is unknown'),
  });
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});
