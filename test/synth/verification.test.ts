import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from '../../src/cli/main';
import { diskFiles } from '../../src/files/files';
import type { JsonObject } from '../../src/model/json';
import { listAt, objectAt, objectsAt, textOf } from '../../src/model/json-fields';
import { readManifests } from '../../src/model/read-manifests';
import { describeOutcome } from '../../src/synth/describe-outcome';
import { runSynth, type SynthOptions, type SynthOutcome } from '../../src/synth/run-synth';
import { captureIo } from '../support/fake-io';
import { filesBelow } from '../support/file-tree';
import { kubernetesRefusals } from '../support/kubernetes-schemas';
import { temporaryFolder } from '../support/temporary-folder';

/** A verifier of a size that needs three ConfigMaps; it need not run here. */
const compressed = Buffer.alloc(300_000, 'kyma-guard');
const sha256 = createHash('sha256').update(compressed).digest('hex');
const verifier = join(
  temporaryFolder({ 'verifier.json': JSON.stringify({ sha256, gzip: compressed.toString('base64') }) }),
  'verifier.json',
);
const image = `node@sha256:${'1'.repeat(64)}`;

/** The example of this repository in a folder of its own, with a verification. @returns path of the configuration */
function project(verification = `{ namespace: geo-verification, image: '${image}', network: {} }`): string {
  const folder = temporaryFolder();
  for (const name of ['functions', 'xs-security.json', 'kyma-guard.lock.yaml']) cpSync(name, join(folder, name), { recursive: true });
  const text = readFileSync('kyma-guard.yaml', 'utf8').replace('\nenvironments:', () => `\nverification: ${verification}\n\nenvironments:`);
  writeFileSync(join(folder, 'kyma-guard.yaml'), text);
  return join(folder, 'kyma-guard.yaml');
}

function synth(config: string, options: Partial<SynthOptions> = {}): Promise<SynthOutcome> {
  return runSynth({ files: diskFiles, config, verifier, log: () => undefined, ...options });
}

const objectsIn = (config: string, below = 'dist/dev/geo-verification'): JsonObject[] =>
  filesBelow(join(dirname(config), below)).flatMap(([path, text]) => readManifests(text, path).manifests.map(({ body }) => body));
const ofKind = (objects: readonly JsonObject[], kind: string): JsonObject[] => objects.filter((object) => object['kind'] === kind);
const nameOf = (object: JsonObject): string => textOf(objectAt(object, 'metadata')['name']);
const textsOf = (objects: readonly JsonObject[], name: string): string[] =>
  ofKind(objects, 'ConfigMap')
    .filter((map) => nameOf(map).includes(name))
    .flatMap((map) => Object.values(objectAt(map, 'data')).map((text) => textOf(text)));

test('it is a unit of its own in a namespace of its own, in each environment whose API rules are known', async () => {
  const { files } = await synth(project());
  expect(files.filter((path) => path.includes('verification'))).toEqual([
    'dev/geo-verification/namespace.k8s.yaml',
    'dev/geo-verification/verification.k8s.yaml',
    'prod/geo-verification/namespace.k8s.yaml',
  ]);
});

test('what it verifies is what is deployed', async () => {
  const config = project();
  await synth(config);
  const verified = textsOf(objectsIn(config), '-api-rules-').flatMap((text) => readManifests(text, 'x').manifests.map(({ body }) => body));
  const deployed = ofKind([...objectsIn(config, 'dist/dev/geo'), ...objectsIn(config, 'dist/dev/shop')], 'APIRule');
  const byName = (a: JsonObject, b: JsonObject): number => (nameOf(a) < nameOf(b) ? -1 : 1);
  expect(deployed).toHaveLength(4);
  expect(verified.sort(byName)).toEqual(deployed.sort(byName));
});

test('its scope is the hosts of the environment, and does not come from the APIRules', async () => {
  const config = project();
  await synth(config);
  const hosts = ['ecptoken', 'location-partners', 'location', 'orders'].map((label) => `${label}.c-7f31d2a.kyma.ondemand.com\n`);
  expect(textsOf(objectsIn(config), '-scope-')).toEqual([hosts.join('')]);
});

test('an address that stands for a host is in the scope too, or nothing could be sent there', async () => {
  const config = project(`{ namespace: geo-verification, image: '${image}' }`);
  const target = "{ verification: { targets: { orders.c-7f31d2a.kyma.ondemand.com: 'http://gateway.internal.example.com:8080' } } }";
  writeFileSync(
    config,
    readFileSync(config, 'utf8').replace('\n  dev:\n    cluster:', () => `\n  dev:\n    ${target.slice(2, -2)}\n    cluster:`),
  );
  await synth(config);
  expect(textsOf(objectsIn(config), '-scope-')[0]).toContain('\ngateway.internal.example.com\n');
  const spec = objectAt(objectAt(objectAt(ofKind(objectsIn(config), 'Job')[0] ?? {}, 'spec'), 'template'), 'spec');
  expect(listAt(objectsAt(spec, 'containers')[0]?.[0] ?? {}, 'args')).toContain(
    'orders.c-7f31d2a.kyma.ondemand.com=http://gateway.internal.example.com:8080',
  );
});

/** A project in whose environment `prod` all API rules but that of orders are held. */
function projectWithHeld(args = '[]'): string {
  const config = project(`{ namespace: geo-verification, image: '${image}', args: ${args} }`);
  const text = readFileSync(config, 'utf8')
    .replace(/^ {10}- path: \/orders\n[^]*?(?=\n\n)/m, '')
    .replace('{ jwt: { issuers: [xsuaa] } }', '{ jwt: { issuers: [keycloak], audiences: [orders] } }');
  writeFileSync(config, text);
  return config;
}

test('API rules that are held are not verified yet', async () => {
  const config = projectWithHeld();
  await synth(config, { env: ['prod'] });
  expect(
    textsOf(objectsIn(config, 'dist/prod/geo-verification'), '-api-rules-').map((rule) => readManifests(rule, 'x').manifests[0]?.name),
  ).toEqual(['orders']);
  expect(textsOf(objectsIn(config, 'dist/prod/geo-verification'), '-scope-')).toEqual(['orders.prod.example.com\n']);
});

test('an argument that names what is held waits with it', async () => {
  const config = projectWithHeld("[--skip, 'GET location.*', --skip, 'GET orders.*']");
  await synth(config);
  const skipped = ['dev', 'prod'].map((env) =>
    [...JSON.stringify(objectsIn(config, `dist/${env}/geo-verification`)).matchAll(/"--skip","([^"]*)"/g)].map(([, route]) => route),
  );
  expect(skipped).toEqual([['GET location.*', 'GET orders.*'], ['GET orders.*']]);
});

test('a verification of held API rules alone waits for them, and synth says so', async () => {
  const config = projectWithHeld("[--only, 'GET location.*']");
  const { files, results } = await synth(config);
  expect(files.filter((path) => path.endsWith('verification.k8s.yaml'))).toEqual(['dev/geo-verification/verification.k8s.yaml']);
  expect(results.filter(({ id }) => id === 'verification-held').map(({ message }) => message)).toEqual([
    'is held in prod, because every API rule that it names is',
  ]);
});

test('everything is one that the API server takes, with the ConfigMaps of the verifier, and client-side apply can keep a copy of it', async () => {
  const config = project();
  await synth(config, { withVerifier: true });
  const objects = objectsIn(config, 'dist/dev');
  const known = objects.filter(({ kind }) => kind !== 'AuthorizationPolicy');
  expect(known.flatMap((object) => kubernetesRefusals(object))).toEqual([]);
  expect(Math.max(...ofKind(objects, 'ConfigMap').map((object) => Buffer.byteLength(JSON.stringify(object))))).toBeLessThan(180 * 1024);
  expect(Math.max(...objects.map(annotationBytes))).toBeLessThan(262_144);
});

/** Bytes of all annotations after `kubectl apply`, which adds the object itself. @see apimachinery, `TotalAnnotationSizeLimitB` */
function annotationBytes(object: JsonObject): number {
  const annotations = {
    ...objectAt(objectAt(object, 'metadata'), 'annotations'),
    'kubectl.kubernetes.io/last-applied-configuration': `${JSON.stringify(object)}\n`,
  };
  return Object.entries(annotations).reduce(
    (total, [name, value]) => total + Buffer.byteLength(name) + Buffer.byteLength(textOf(value)),
    0,
  );
}

test('the pieces of the verifier, in the order of the Job, have the digest that stands in its arguments', async () => {
  const config = project();
  await synth(config, { withVerifier: true });
  const objects = objectsIn(config);
  const spec = objectAt(objectAt(objectAt(ofKind(objects, 'Job')[0] ?? {}, 'spec'), 'template'), 'spec');
  const [volume = {}] = objectsAt(spec, 'volumes').map(([one]) => one);
  const maps = objectsAt(objectAt(volume, 'projected'), 'sources').map(([source]) => textOf(objectAt(source, 'configMap')['name']));
  const pieces = maps.map((name) => ofKind(objects, 'ConfigMap').find((map) => nameOf(map) === name) ?? {});
  const bytes = pieces.flatMap((map) => Object.values(objectAt(map, 'binaryData')).map((text) => Buffer.from(textOf(text), 'base64')));
  expect(pieces.map((map) => map['immutable'])).toEqual([true, true, true]);
  expect(Buffer.concat(bytes).equals(compressed)).toBe(true);
  expect(listAt(objectsAt(spec, 'containers')[0]?.[0] ?? {}, 'args')).toContain(sha256);
});

test('the flag adds the ConfigMaps and changes nothing else', async () => {
  const [without, withVerifier] = [project(), project()];
  await synth(without);
  await synth(withVerifier, { withVerifier: true });
  const [few, all] = [filesBelow(join(dirname(without), 'dist')), filesBelow(join(dirname(withVerifier), 'dist'))];
  expect(all.filter(([path]) => !path.endsWith('/verifier.k8s.yaml'))).toEqual(few);
  expect(all.length - few.length).toBe(1);
});

test('a check compares with what the flag gives', async () => {
  const config = project();
  await synth(config, { withVerifier: true });
  const statusOf = async (options: Partial<SynthOptions>) =>
    (await synth(config, { check: true, ...options })).results.some(({ status }) => status === 'fail');
  expect([await statusOf({ withVerifier: true }), await statusOf({})]).toEqual([false, true]);
});

test('while all API rules are held there is no Job, and the result says why', async () => {
  const { results } = await synth(project());
  expect(results.filter(({ id }) => id === 'verification-held').map(({ message }) => message)).toEqual([
    'is held in prod, because every API rule is',
  ]);
});

test('an image that holds the verifier needs no file of this installation', async () => {
  const config = project(`{ namespace: geo-verification, image: '${image}', verifier: image }`);
  await synth(config, { verifier: 'missing.json' });
  const spec = objectAt(objectAt(objectAt(ofKind(objectsIn(config), 'Job')[0] ?? {}, 'spec'), 'template'), 'spec');
  const container = objectsAt(spec, 'containers')[0]?.[0] ?? {};
  expect([container['command'], listAt(container, 'args').slice(0, 2)]).toEqual([undefined, ['verify', '/api-rules']]);
});

test.each<[string, string, Partial<SynthOptions>, string]>([
  ['an installation without verifier', project(), { verifier: 'missing.json' }, 'has no verifier'],
  ['a verifier that is none', project(), { verifier: 'package.json' }, 'has no verifier'],
  ['the flag without a verification', 'kyma-guard.yaml', { withVerifier: true, check: true }, '--with-verifier has nothing to write'],
  [
    'the flag where the image holds it',
    project(`{ namespace: geo-verification, image: '${image}', verifier: image }`),
    { withVerifier: true },
    '--with-verifier has nothing to write',
  ],
])('%s is a wrong call', async (_, config, options, message) => {
  await expect(synth(config, options)).rejects.toMatchObject({ code: 'ERR_USAGE', message: expect.stringContaining(message) });
});

test('a verifier whose bytes are not those of its digest is not written', async () => {
  const damaged = join(temporaryFolder({ 'v.json': JSON.stringify({ sha256, gzip: Buffer.from('other').toString('base64') }) }), 'v.json');
  await expect(synth(project(), { verifier: damaged, withVerifier: true })).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    results: expect.arrayContaining([expect.objectContaining({ message: expect.stringContaining('the verifier has the digest') })]),
  });
});

test('validate has nothing to say against it', async () => {
  const config = project();
  await synth(config, { withVerifier: true });
  const { io, stdout } = captureIo();
  const code = await main(['validate', join(dirname(config), 'dist/dev')], io, '0');
  expect([code, stdout()]).toEqual([0, expect.not.stringMatching(/FAIL/)]);
});

test('the option of the command line is that of the library', async () => {
  const config = project(`{ namespace: geo-verification, image: '${image}', verifier: image }`);
  const { io, stderr } = captureIo();
  expect(await main(['synth', '--config', config, '--with-verifier'], io, '0')).toBe(2);
  expect(stderr()).toContain('--with-verifier has nothing to write');
});

describe('a verifier that travels apart', () => {
  const apart = 'its Pods wait for the ConfigMaps that --with-verifier writes';

  test('synth says that the Pods wait for it, unless it wrote it', async () => {
    const config = project();
    const said = [await synth(config), await synth(config, { withVerifier: true })].map((outcome) => describeOutcome(outcome, false));
    expect(said.map((text) => text.includes(apart))).toEqual([true, false]);
  });

  test('a check without the options says which ones are missing', async () => {
    const config = project();
    await synth(config, { withVerifier: true, kustomization: true });
    const { results } = await synth(config, { check: true });
    const fixes = results.filter(({ status }) => status === 'fail').map(({ fix = '' }) => fix.slice(0, fix.indexOf(',')));
    expect([...new Set(fixes)].sort()).toEqual(['Give --kustomization with --check too', 'Give --with-verifier with --check too']);
  });
});
