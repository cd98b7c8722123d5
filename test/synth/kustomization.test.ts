import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { diskFiles } from '../../src/files/files';
import { readSoundManifests } from '../../src/files/manifest-input';
import { runSynth, type SynthOptions, type SynthOutcome } from '../../src/synth/run-synth';
import { configFolder, lockText, oneFunction } from '../support/config-folder';
import { filesBelow } from '../support/file-tree';
import { wantsKubectl } from '../support/kubectl';

const config = oneFunction(`{ path: /a, methods: [GET], access: { jwt: { issuers: [xsuaa] } } }`);
const environments = `${config}environments:\n  dev: {}\n  prod: { cluster: { domain: prod.example.com } }\n`;
const hold = ['xsuaa'];

function synth(path: string, options: Partial<SynthOptions> = {}): Promise<SynthOutcome> {
  return runSynth({ files: diskFiles, config: path, log: () => undefined, kustomization: true, ...options });
}

const dist = (path: string): string => join(dirname(path), 'dist');
const resourcesIn = (folder: string): string[] =>
  (parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as { resources: string[] }).resources;

test('each environment has one, with every manifest of it, sorted', async () => {
  const path = configFolder(environments);
  await synth(path, { hold });
  for (const name of ['dev', 'prod']) {
    const files = filesBelow(join(dist(path), name))
      .map(([file]) => file)
      .filter((file) => file !== 'kustomization.yaml');
    expect(resourcesIn(join(dist(path), name))).toEqual(files.sort());
    expect(files.length).toBeGreaterThan(2);
  }
  expect(existsSync(join(dist(path), 'kustomization.yaml'))).toBe(false);
});

test('without environments it stands at the top', async () => {
  const path = configFolder(config, { 'kyma-guard.lock.yaml': lockText });
  await synth(path);
  expect(resourcesIn(dist(path))).toEqual(['geo/function-fn.k8s.yaml', 'geo/issuer-xsuaa.k8s.yaml', 'geo/namespace.k8s.yaml']);
});

test('--check compares it, too, and one environment is written without touching the other', async () => {
  const path = configFolder(environments);
  await synth(path, { hold });
  const failed = async (options: Partial<SynthOptions> = {}): Promise<unknown[]> => {
    const { results } = await synth(path, { hold, check: true, ...options });
    return results.filter(({ status }) => status === 'fail').map(({ where, message }) => [where.file?.slice(dist(path).length), message]);
  };
  expect(await failed()).toEqual([]);
  expect(await failed({ kustomization: false })).toEqual([
    ['/dev/kustomization.yaml', 'is not made by the configuration (any more)'],
    ['/prod/kustomization.yaml', 'is not made by the configuration (any more)'],
  ]);
  const text = readFileSync(join(dist(path), 'dev/kustomization.yaml'), 'utf8');
  writeFileSync(join(dist(path), 'dev/kustomization.yaml'), text.replace('  - geo/namespace.k8s.yaml\n', ''));
  expect(await failed()).toEqual([['/dev/kustomization.yaml', 'differs from what the configuration gives']]);
  await synth(path, { hold, env: ['dev'], kustomization: false });
  expect([existsSync(join(dist(path), 'dev/kustomization.yaml')), existsSync(join(dist(path), 'prod/kustomization.yaml'))]).toEqual([
    false,
    true,
  ]);
});

test('one that somebody else wrote is not replaced', async () => {
  const path = configFolder(environments);
  await synth(path, { hold });
  writeFileSync(join(dist(path), 'dev/kustomization.yaml'), 'resources: []\n');
  await expect(synth(path, { hold })).rejects.toThrow('kustomization.yaml, which synth did not write and would delete');
});

test('readers of manifests read the folder as before', async () => {
  const path = configFolder(config, { 'kyma-guard.lock.yaml': lockText });
  await synth(path);
  const { manifests } = await readSoundManifests(diskFiles, [dist(path)], async () => '');
  expect(manifests.map(({ kind }) => kind)).toContain('APIRule');
});

const hasKubectl = wantsKubectl('kustomizations read by kubectl');

(hasKubectl ? describe : describe.skip)('with kubectl', () => {
  test('its kustomize gives exactly the objects of the manifests', async () => {
    const path = configFolder(environments);
    await synth(path, { hold });
    const folder = join(dist(path), 'prod');
    const built = parseAllDocuments(execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' })).map(
      (document) => document.toJS() as object,
    );
    const written = resourcesIn(folder).flatMap((file) =>
      parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS() as object),
    );
    const sorted = (objects: object[]): string[] =>
      objects.map((object) => JSON.stringify(object, Object.keys(flat(object)).sort())).sort();
    expect(sorted(built)).toEqual(sorted(written));
  });
});

/** Every name of a member, at any depth. */
function flat(value: unknown): Record<string, true> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.entries(value).reduce((all, [name, inner]) => ({ ...all, [name]: true, ...flat(inner) }), {});
}
