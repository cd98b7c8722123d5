import { execFile, execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { diskFiles } from '../../src/files/files';
import { runSynth } from '../../src/synth/run-synth';
import { annotationBytes, startApiServer, type ApiServer } from '../support/api-server';
import { filesBelow } from '../support/file-tree';
import { wantsKubectl } from '../support/kubectl';
import { kubernetesRefusals } from '../support/kubernetes-schemas';
import { temporaryFolder } from '../support/temporary-folder';

/** kubectl asks an API server even for a dry run of its own, so one of these tests answers; without the program there is nothing to see. */
const withKubectl = wantsKubectl('synthesized objects applied with kubectl') ? describe : describe.skip;

const folder = temporaryFolder();
const dist = join(folder, 'dist');
let server: ApiServer;

beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/bundle-verifier.mjs', folder]);
  for (const name of ['functions', 'xs-security.json', 'kyma-guard.lock.yaml']) cpSync(name, join(folder, name), { recursive: true });
  const verification = `\nverification: { namespace: geo-verification, image: 'node@sha256:${'1'.repeat(64)}', network: {} }\n`;
  writeFileSync(
    join(folder, 'kyma-guard.yaml'),
    readFileSync('kyma-guard.yaml', 'utf8').replace('\nenvironments:', () => `${verification}\nenvironments:`),
  );
  const options = { files: diskFiles, config: join(folder, 'kyma-guard.yaml'), env: ['dev'], out: dist, log: () => undefined };
  await runSynth({ ...options, withVerifier: true, verifier: join(folder, 'verifier.json') });
  server = await startApiServer();
});

afterAll(() => server.close());

async function kubectl(...args: string[]): Promise<string[]> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, KUBECONFIG: join(folder, 'no-kubeconfig') };
  const { stdout } = await promisify(execFile)('kubectl', ['--server', server.url, ...args], { env });
  return stdout.trim().split('\n');
}

const written = (): number => filesBelow(dist).reduce((count, [, text]) => count + (text.match(/^kind: /gm)?.length ?? 0), 0);

withKubectl('kubectl', () => {
  test('apply --dry-run=client takes every object of the output', async () => {
    const lines = await kubectl('apply', '--dry-run=client', '--validate=false', '--recursive', '-f', dist);
    expect(lines.filter((line) => !line.endsWith(' created (dry run)'))).toEqual([]);
    expect(lines).toHaveLength(written());
    expect(server.created).toEqual([]);
  });

  test('client-side apply keeps a copy of each object in an annotation, far below what the server takes', async () => {
    const lines = await kubectl('apply', '--validate=false', '--recursive', '-f', dist);
    expect(lines.filter((line) => !line.endsWith(' created'))).toEqual([]);
    expect(server.created).toHaveLength(written());
    const sizes = server.created.map(annotationBytes);
    expect(Math.min(...sizes)).toBeGreaterThan(100);
    expect(Math.max(...sizes)).toBeLessThan(180 * 1024);
    const known = server.created.filter(({ kind }) => kind !== 'AuthorizationPolicy');
    expect(known.flatMap((object) => kubernetesRefusals(object))).toEqual([]);
  });

  test('an object that is too large for that is refused', async () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'large', namespace: 'x' }, data: { text: 'x'.repeat(262_144) } };
    writeFileSync(join(folder, 'large.json'), JSON.stringify(map));
    await expect(kubectl('apply', '--validate=false', '-f', join(folder, 'large.json'))).rejects.toThrow(
      'Too long: may not be more than 262144 bytes',
    );
  });
});

test('there is something to apply', () => {
  expect(written()).toBeGreaterThan(15);
});
