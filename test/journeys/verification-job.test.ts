import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../../src/files/files';
import { walkManifests } from '../../src/files/walk';
import type { JsonObject } from '../../src/model/json';
import { objectAt, textOf } from '../../src/model/json-fields';
import { quantityOf } from '../../src/model/quantity';
import { readManifests } from '../../src/model/read-manifests';
import { runSynth } from '../../src/synth/run-synth';
import { buildRuntime } from '../support/local-runtime';
import { configMapsOf, type DataObjects } from '../support/pod/kubelet-volumes';
import { createPod, isNode, onlyContainer, type Pod } from '../support/pod/run-pod';
import { startPlane, type RunningPlane } from '../support/pod/start-plane';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const verifier = join(folder, 'verifier.json');
const image = `docker.io/library/node:22-alpine@sha256:${'1'.repeat(64)}`;
/** The XSUAA issuer of the example, as its lock file knows it. */
const xsuaa = 'https://geo-dev-4k2p9x.authentication.eu10.hana.ondemand.com/oauth/token';
const names: Readonly<Record<string, string>> = {
  [xsuaa]: 'xsuaa',
  'https://id.example.com/realms/main': 'keycloak',
  'https://login.partners.example.com': 'partners',
};

let plane: RunningPlane;

beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/bundle-verifier.mjs', folder]);
  plane = await startPlane({ manifests: 'dist/dev', folder, runtimeEntry: buildRuntime(folder), issuer: xsuaa });
}, 60_000);

afterAll(() => plane.stop());

interface Deployment {
  readonly targets?: Readonly<Record<string, string>>;
  readonly issuers?: Readonly<Record<string, string>>;
  readonly more?: JsonObject;
}

/** The example of this repository with a verification, as the tool writes it. */
async function synthesized({ targets = plane.targets, issuers = plane.issuers, more = {} }: Deployment): Promise<JsonObject[]> {
  const project = temporaryFolder();
  for (const name of ['functions', 'xs-security.json', 'kyma-guard.lock.yaml']) cpSync(name, join(project, name), { recursive: true });
  const verification = {
    ...{ namespace: 'geo-verification', image, kind: 'argocd', wait: '1s', profile: 'smoke' },
    credentials: ['xsuaa', { issuer: 'keycloak', secret: 'keycloak' }, { issuer: 'partners', secret: 'partners' }],
    targets,
    issuers: Object.fromEntries(Object.entries(issuers).map(([issuer, url]) => [names[issuer] ?? issuer, url])),
    ...more,
  };
  const overlay = `\n  dev:\n    verification: ${JSON.stringify(verification)}\n`;
  writeFileSync(
    join(project, 'kyma-guard.yaml'),
    readFileSync('kyma-guard.yaml', 'utf8').replace('\n  dev:\n', () => overlay),
  );
  const out = join(project, 'dist');
  const options = {
    files: diskFiles,
    config: join(project, 'kyma-guard.yaml'),
    env: ['dev'],
    withVerifier: true,
    verifier,
    log: () => undefined,
  };
  await runSynth({ ...options, out });
  const objects: JsonObject[] = [];
  for await (const file of walkManifests(diskFiles, join(out, 'dev/geo-verification')))
    objects.push(...readManifests(await diskFiles.readText(file), file).manifests.map(({ body }) => body));
  return objects;
}

const jobOf = (objects: readonly JsonObject[]): JsonObject => objects.find(({ kind }) => kind === 'Job') ?? {};
const templateOf = (objects: readonly JsonObject[]): JsonObject => objectAt(objectAt(jobOf(objects), 'spec'), 'template');
const members = (key: string): Record<string, string> => JSON.parse(key) as Record<string, string>;
const bytesOf = (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));

/** What the operator and the user put beside the objects: Secrets by the names that the job asks for. */
function secretsFor(objects: readonly JsonObject[], keyOf: (issuer: string) => Record<string, string>): DataObjects {
  const binding = objects.find(({ kind }) => kind === 'ServiceBinding') ?? {};
  const named = { [textOf(objectAt(binding, 'spec')['secretName'])]: xsuaa };
  for (const [issuer, name] of Object.entries(names)) if (issuer !== xsuaa) named[name] = issuer;
  return new Map(Object.entries(named).map(([name, issuer]) => [`Secret ${name}`, bytesOf(keyOf(issuer))]));
}

interface Changes {
  readonly keys?: (issuer: string) => Record<string, string>;
  readonly maps?: DataObjects;
  readonly env?: Readonly<Record<string, string>>;
}

function podOf(objects: readonly JsonObject[], changes: Changes = {}): Pod {
  const keys = changes.keys ?? ((issuer) => members(plane.keys[issuer] ?? '{}'));
  const data = new Map([...configMapsOf(objects), ...secretsFor(objects, keys), ...(changes.maps ?? [])]);
  return createPod(temporaryFolder(), templateOf(objects), data, changes.env);
}

const linesOf = (stdout: string): JsonObject[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonObject);

/** Calls that were judged: `GET host/path`, each once. */
function callsIn(stdout: string): string[] {
  const judged = linesOf(stdout).filter(({ id }) => id === 'closed-to-anonymous' || id === 'public-open');
  const calls = judged
    .map((line) => objectAt(line, 'route'))
    .map(({ method, host, path }) => [method, host, path].map((part) => textOf(part)).join(' '));
  return [...new Set(calls)];
}

/** The longest of the waits below; what takes longer is stuck. */
const patience = 120_000;

test(
  'against the example the job ends with 0, and needs less than half of its memory and less than its processor',
  async () => {
    const objects = await synthesized({ more: { profile: 'standard' } });
    const { code, stdout, stderr, terminationMessage, ...used } = await podOf(objects).run(plane.network);
    expect([code, stderr]).toEqual([0, '']);
    expect(callsIn(stdout)).toHaveLength(7);
    expect(linesOf(stdout).at(-1)).toMatchObject({ type: 'summary', labels: { environment: 'dev' }, summary: { fail: 0, error: 0 } });
    expect(terminationMessage).toContain('exit code 0\nenvironment=dev\n');
    expect(used.peakMiB).toBeGreaterThan(10);
    expect(used.peakMiB * 1024 * 1024).toBeLessThan(limit(objects, 'memory') / 2);
    // In a cluster five requests a second go to each host, on however fast a machine.
    const requests = Number(objectAt(linesOf(stdout).at(-1) ?? {}, 'data')['requests']);
    expect(requests).toBeGreaterThan(100);
    const seconds = requests / Object.keys(plane.targets).length / 5;
    expect(used.cpuSeconds / seconds).toBeLessThan(limit(objects, 'cpu'));
  },
  patience,
);

function limit(objects: readonly JsonObject[], resource: string): number {
  return quantityOf(textOf(objectAt(objectAt(onlyContainer(templateOf(objects)), 'resources'), 'limits')[resource])) ?? 0;
}

test(
  'a gateway that does not check signatures ends it with 1',
  async () => {
    const weak = Object.keys(plane.targets).filter((host) => host.startsWith('location.'));
    const objects = await synthesized({ targets: { ...plane.targets, ...Object.fromEntries(weak.map((host) => [host, plane.weakened])) } });
    const { code, stdout } = await podOf(objects).run(plane.network);
    expect(code).toBe(1);
    const failed = linesOf(stdout).filter(({ status, severity }) => status === 'fail' && severity === 'critical');
    expect(failed.map(({ id }) => id)).toContain('foreign-key');
  },
  patience,
);

test(
  'an issuer that is down ends it with 3, which the Job tries again',
  async () => {
    const { targets, issuers, keys } = plane.down;
    const objects = await synthesized({ targets, issuers });
    const { code, terminationMessage } = await podOf(objects, { keys: (issuer) => members(keys[issuer] ?? '{}') }).run(plane.network);
    expect(code).toBe(3);
    expect(terminationMessage).toContain('exit code 3');
    const { rules } = objectAt(objectAt(jobOf(objects), 'spec'), 'podFailurePolicy');
    expect(rules).toContainEqual({
      action: 'Count',
      onExitCodes: { containerName: 'verify', operator: 'In', values: [3] },
      onPodConditions: [],
    });
  },
  patience,
);

test(
  'the Pods of an Indexed Job share the routes: each is asked by exactly one of them',
  async () => {
    const objects = await synthesized({ more: { shards: 2 } });
    const seen: string[] = [];
    for (const index of ['0', '1']) {
      const { code, stdout } = await podOf(objects, { env: { JOB_COMPLETION_INDEX: index } }).run(plane.network);
      expect(code).toBe(0);
      seen.push(...callsIn(stdout));
    }
    expect([...new Set(seen)].sort()).toEqual([...seen].sort());
    expect(seen).toHaveLength(7);
  },
  patience,
);

test.each<[string, (content: Buffer) => Buffer]>([
  ['one altered byte', (content) => Buffer.concat([content.subarray(0, -1), Buffer.from([(content.at(-1) ?? 0) ^ 1])])],
  ['one byte more', (content) => Buffer.concat([content, Buffer.from([0])])],
  ['nothing in it', () => Buffer.from('')],
])('a verifier with %s is not run', async (_, alter) => {
  const objects = await synthesized({});
  const [name = '', data = {}] = [...configMapsOf(objects)].find(([one]) => one.includes('-verifier-')) ?? [];
  const altered = Object.fromEntries(Object.entries(data).map(([key, content]) => [key, alter(content)]));
  const { code, stdout, stderr } = await podOf(objects, { maps: new Map([[name, altered]]) }).run(plane.network);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(
    /^kyma-guard: the verifier was not started: sha256 of its \d+ bytes in \S+ is [0-9a-f]{64}, the Job expects [0-9a-f]{64}\n$/,
  );
});

test(
  'a client that is rotated during the run is read again from where it is mounted',
  async () => {
    const key = members(plane.keys[xsuaa] ?? '{}');
    const before = { ...key, clientsecret: 'the first secret', token_url: `${plane.rotating}/oauth/token` };
    // At 50 requests a second to a host the run outlasts the half second that a token is used for, on however fast a machine.
    const objects = await synthesized({ issuers: { ...plane.issuers, [xsuaa]: plane.rotating }, more: { args: ['--rate', '50'] } });
    const pod = podOf(objects, { keys: (issuer) => (issuer === xsuaa ? before : members(plane.keys[issuer] ?? '{}')) });
    const said = plane.log.lines.length;
    await plane.rotate({
      ...{ volume: pod.volumes['credentials-0'] ?? '', mode: 0o400, before, after: { ...before, clientsecret: 'the second secret' } },
      ...(isNode && { fsGroup: 1000 }),
    });
    const { code, stdout } = await pod.run(plane.network);
    expect(plane.log.lines.slice(said).join(' ')).toMatch(/^ready token rotated (refused )+token( token)*$/);
    expect(code).toBe(0);
    expect(linesOf(stdout).at(-1)).toMatchObject({ summary: { fail: 0, error: 0 } });
    expect(stdout).not.toContain('the second secret');
  },
  patience,
);

/** What a process sees of its container. */
const look = `
  const fs = require('node:fs');
  const fails = (run) => { try { run(); return ''; } catch ({ code }) { return code; } };
  const places = ['/', '/tmp', '/usr', '/api-rules', '/bindings/xsuaa', '/verifier', '/dev'];
  const socket = require('node:net').connect({ host: '192.0.2.1', port: 443 });
  socket.on('error', ({ code }) => {
    const { mode, uid, gid } = fs.statSync('/bindings/xsuaa/clientsecret');
    console.log(JSON.stringify({
      user: [process.getuid(), process.getgid(), process.getgroups()],
      env: Object.keys(process.env).sort(),
      writable: places.filter((place) => fails(() => fs.writeFileSync(place + '/x', '')) === ''),
      secret: [(mode & 0o777).toString(8), uid, gid, fs.readFileSync('/bindings/xsuaa/clientsecret').length > 0],
      outside: code,
      capabilities: /^CapEff:\\s+(\\w+)/m.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1],
    }));
  });
`;

/** Needs root and namespaces; elsewhere the tests above run the same command as the user who runs them. */
const onNode = isNode ? describe : describe.skip;
if (!isNode) process.stderr.write('SKIPPED: the job as a node would start it: that needs root, namespaces and the program ip\n');

function probing(objects: readonly JsonObject[], changeSpec: (spec: JsonObject) => JsonObject = (spec) => spec): Pod {
  const template = templateOf(objects);
  const containers = [{ ...onlyContainer(template), command: ['node'], args: ['-e', look] }];
  const changed = { ...template, spec: changeSpec({ ...objectAt(template, 'spec'), containers }) };
  const data = new Map([...configMapsOf(objects), ...secretsFor(objects, (issuer) => members(plane.keys[issuer] ?? '{}'))]);
  return createPod(temporaryFolder(), changed, data);
}

onNode('as a node would start it', () => {
  test('the process is nobody, reads its Secret through its group, writes nowhere and reaches nothing but loopback', async () => {
    const { stdout } = await probing(await synthesized({})).run(plane.network);
    expect(JSON.parse(stdout)).toEqual({
      user: [1000, 1000, [1000]],
      env: ['HOSTNAME', 'PATH'],
      writable: [],
      secret: ['440', 0, 1000, true],
      outside: 'ENETUNREACH',
      capabilities: '0000000000000000',
    });
  });

  test('without fsGroup the process could not read its Secret: files of mode 0400 belong to root', async () => {
    const objects = await synthesized({});
    const { code, stderr } = await probing(objects, ({ securityContext, ...spec }) => {
      const { fsGroup: _, ...rest } = objectAt({ securityContext }, 'securityContext');
      return { ...spec, securityContext: rest };
    }).run(plane.network);
    expect(code).not.toBe(0);
    expect(stderr).toContain("EACCES: permission denied, open '/bindings/xsuaa/clientsecret'");
  });
});
