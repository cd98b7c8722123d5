import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../../src/files/files';
import { bindingData, dataObjects } from '../../src/local/binding-data';
import { containerEnvironment } from '../../src/local/container-environment';
import { functionSpecOf } from '../../src/local/function-spec';
import { startIssuer, type LocalIssuer } from '../../src/local/issuer-server';
import { mountNames, writeMounts } from '../../src/local/mounts';
import type { JsonObject } from '../../src/model/json';
import { functionManifest, manifestOf, xsuaaManifests } from '../support/local-manifests';
import { temporaryFolder } from '../support/local-runtime';

const folder = temporaryFolder();
const host = 'https://a.authentication.example.com';
let issuer: LocalIssuer;

beforeAll(async () => {
  const accepted = { clientId: 'sb-app!t7', appName: 'app!t7', audiences: [], scopes: [] };
  issuer = await startIssuer({
    issuer: `${host}/oauth/token`,
    jwksUris: [`${host}/token_keys`],
    form: 'xsuaa',
    tokenEndpoint: `${host}/oauth/token`,
    accepted,
  });
});

afterAll(async () => {
  await issuer.close();
  folder.remove();
});

function secretOf(binding: JsonObject): Readonly<Record<string, string>> {
  return bindingData(xsuaaManifests('uaa', binding, 'app'), [issuer]).secrets.get('geo/uaa') ?? {};
}

describe('the Secret of a binding', () => {
  it('holds one key per credential, and what the service operator adds', () => {
    const secret = secretOf({});
    expect(secret).toMatchObject({
      clientid: 'sb-app!t7',
      clientsecret: issuer.accepted.secret,
      url: issuer.base,
      xsappname: 'app!t7',
      type: 'xsuaa',
      label: 'xsuaa',
      'credential-type': 'binding-secret',
    });
    expect(JSON.parse(secret['.metadata'] ?? '')).toMatchObject({
      credentialProperties: expect.arrayContaining([{ name: 'clientid', format: 'text' }]) as unknown,
    });
  });

  it.each<[JsonObject, string, string[]]>([
    [
      { secretKey: 'credentials' },
      'credentials',
      ['.metadata', 'credentials', 'instance_guid', 'instance_name', 'label', 'plan', 'tags', 'type'],
    ],
    [{ secretRootKey: 'all' }, 'all', ['all']],
  ])('follows %j', (binding, key, names) => {
    const secret = secretOf(binding);
    expect(Object.keys(secret).sort()).toEqual(names);
    expect(JSON.parse(secret[key] ?? '')).toMatchObject({ clientid: 'sb-app!t7', url: issuer.base });
  });

  it('is left out, with a reason, for what is not stood in for', () => {
    const [instance, binding] = xsuaaManifests('uaa');
    const notes = [[binding], [instance, binding]].map(
      (given) =>
        bindingData(
          given.flatMap((one) => one ?? []),
          [],
        ).notes[0],
    );
    expect(notes).toEqual([
      'ServiceBinding geo/uaa: its Secret is left empty, because its ServiceInstance is not in the input',
      'ServiceBinding geo/uaa: its Secret is left empty, because no rule trusts an XSUAA issuer',
    ]);
  });
});

describe('mounts of a Function', () => {
  const secrets = new Map([['geo/uaa', { clientid: 'c', '../escape': 'x', '..data': 'y' }]]);
  const specWith = (...secretMounts: JsonObject[]): ReturnType<typeof functionSpecOf> =>
    functionSpecOf(functionManifest('f', 'x', { secretMounts }));

  it('are folders of mode 0700 with files of mode 0600', async () => {
    const root = join(folder.path, 'modes');
    await writeMounts(diskFiles, root, specWith({ secretName: 'uaa', mountPath: '/bindings/uaa' }), secrets);
    const [inside, file] = [join(root, 'bindings/uaa'), join(root, 'bindings/uaa/clientid')];
    expect([statSync(inside).mode & 0o777, statSync(file).mode & 0o777, readFileSync(file, 'utf8')]).toEqual([0o700, 0o600, 'c']);
  });

  it('never lead out of their folder', async () => {
    const root = join(folder.path, 'inner/root');
    const spec = specWith({ secretName: 'uaa', mountPath: '/../../stolen' }, { secretName: 'uaa', mountPath: '/ok' });
    const { notes } = await writeMounts(diskFiles, root, spec, secrets);
    expect(notes).toEqual(['a mount is left out: its mountPath is no absolute path without dot segments']);
    expect([existsSync(join(folder.path, 'stolen')), existsSync(join(root, 'escape')), existsSync(join(root, 'ok/clientid'))]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it.each([
    ['/bindings', true],
    ['/bindings/', true],
    ['/bindings/uaa', true],
    ['/bindings/uaa/clientid', true],
    ['/bindings-other', false],
    ['/bindings/uaa/../../etc', false],
    ['/', false],
    ['bindings', false],
  ])('turn the value %s of a variable into a path of this machine: %s', async (value, expected) => {
    const root = join(folder.path, 'values');
    const { toLocalPath } = await writeMounts(diskFiles, root, specWith({ secretName: 'uaa', mountPath: '/bindings/uaa' }), secrets);
    expect(toLocalPath(value)).toBe(expected ? join(root, value) : value);
  });

  it('name bindings in the folder for verify, the first mount first', () => {
    const manifests = ['first', 'second'].map((name) =>
      functionManifest(name, 'x', { secretMounts: [{ secretName: 'uaa-1a2b', mountPath: `/bindings/${name}` }] }),
    );
    expect([...mountNames(manifests)]).toEqual([['geo/uaa-1a2b', 'first']]);
  });
});

describe('the environment of a Function', () => {
  const sources = {
    secrets: new Map([['geo/s', { k: 'v' }]]),
    configMaps: new Map([['geo/c', { k: 'w' }]]),
    toLocalPath: (value: string) => value,
  };
  const variables = (env: JsonObject[], source = 'x'): ReturnType<typeof containerEnvironment> =>
    containerEnvironment(functionSpecOf(functionManifest('f', source, { env })), sources);

  it('reads Secrets, ConfigMaps and fields, and expands only what stands before', () => {
    const env = [
      { name: 'A', value: '$(FUNC_NAME)/$(B)' },
      { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
      { name: 'C', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
      { name: 'D', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'E', value: '$(B)$(C)' },
      { name: 'F' },
    ];
    const { A, B, C, D, E, F } = Object.fromEntries(variables(env).variables);
    expect([A, B, C, D, E, F]).toEqual(['f/$(B)', 'v', 'w', 'geo', 'vw', '']);
  });

  it('expands the source too, as the kubelet would', () => {
    expect(variables([{ name: 'A', value: '1' }], 'const a = "$(A)", b = "$$(A)", c = "$(NO)";').handler).toBe(
      'const a = "1", b = "$(A)", c = "$(NO)";',
    );
  });

  it('gives Secrets of the input to variables', () => {
    const secret = manifestOf({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'geo' },
      data: { a: Buffer.from('1').toString('base64') },
      stringData: { b: '2' },
    });
    expect(dataObjects([secret], 'Secret').get('geo/s')).toEqual({ a: '1', b: '2' });
  });

  it('refuses names that would lead out of the folder of the run', () => {
    expect(() => functionSpecOf(functionManifest('../../x', 'x'))).toThrow('has a name that Kubernetes refuses');
  });
});
