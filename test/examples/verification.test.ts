import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../../src/files/files';
import { runSynth } from '../../src/synth/run-synth';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
execFileSync(process.execPath, ['scripts/bundle-verifier.mjs', folder]);
const dockerfile = readFileSync('examples/verification/Dockerfile', 'utf8').replaceAll(' \\\n', '\n');
const [, unpack = ''] = /RUN node -e '([^']*)'/.exec(dockerfile) ?? [];

test('the configuration of the example is one that synth takes', async () => {
  const options = { files: diskFiles, config: 'examples/verification/kyma-guard.yaml', log: () => undefined };
  const { files } = await runSynth({ ...options, out: join(folder, 'dist'), verifier: join(folder, 'verifier.json'), withVerifier: true });
  expect(files.filter((path) => path.startsWith('shop-verification/'))).toEqual([
    'shop-verification/namespace.k8s.yaml',
    'shop-verification/verification.k8s.yaml',
    'shop-verification/verifier.k8s.yaml',
  ]);
});

test('what the Dockerfile unpacks is the program that the Job calls', () => {
  execFileSync(process.execPath, ['-e', unpack], { cwd: folder });
  const call = (...args: string[]) => spawnSync(process.execPath, [join(folder, 'kyma-guard.cjs'), ...args], { encoding: 'utf8' });
  expect(call('verify', '--help').stdout).toContain('Usage: kyma-guard verify');
  expect(call('verify', 'dist/dev', '--plan', '--scope', '*.kyma.ondemand.com')).toMatchObject({ status: 0, stderr: '' });
  expect(call('verify', 'dist/dev', '--plan').status).toBe(2);
});

test('the Dockerfile takes no verifier that is damaged', () => {
  const content = JSON.parse(readFileSync(join(folder, 'verifier.json'), 'utf8')) as { gzip: string };
  const damaged = temporaryFolder();
  writeFileSync(join(damaged, 'verifier.json'), JSON.stringify({ ...content, gzip: `AAAA${content.gzip.slice(4)}` }));
  const { status, stderr } = spawnSync(process.execPath, ['-e', unpack], { cwd: damaged, encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringContaining('verifier.json is damaged')]);
});

test('the image runs as nobody', () => {
  expect(dockerfile).toMatch(/\nUSER 1000:1000\nENTRYPOINT \["node", "\/opt\/kyma-guard\/kyma-guard\.cjs"\]\n$/);
});
