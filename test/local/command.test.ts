import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { closeServer, listen } from '../../src/local/listen';
import { printManifests } from '../../src/model/print-manifests';
import type { LocalSession } from '../../src/model/local-session';
import { freePort } from '../support/http-server';
import { apiRuleManifest, functionManifest, jwt, xsuaaManifests } from '../support/local-manifests';
import { buildCommand, LineLog, temporaryFolder, untilGone } from '../support/local-runtime';

const folder = temporaryFolder();
const session = join(folder.path, '.kyma-guard/local.json');
const issuer: [string, string] = ['https://a.authentication.example.com/oauth/token', 'https://a.authentication.example.com/token_keys'];
let command = '';

beforeAll(() => {
  command = buildCommand(folder.path);
  const rules = [
    { path: '/pid', methods: ['GET'], noAuth: true },
    { path: '/in', methods: ['GET'], ...jwt([issuer]) },
  ];
  const manifests = [
    // It blocks its own process for ever once it is asked to, as a bad handler may.
    functionManifest(
      'worker',
      'console.log("loaded"); exports.main = (event) => { if (event.extensions.request.query.block) for (;;); return String(process.pid); }',
    ),
    functionManifest('broken', 'exports.main = 1'),
    ...xsuaaManifests('uaa'),
    apiRuleManifest('worker', 'worker.example.com', rules),
  ];
  writeFileSync(join(folder.path, 'cluster.yaml'), printManifests(manifests.map(({ body }) => body)));
  const slow = functionManifest(
    'slow',
    'console.log("loading"); setInterval(() => 0, 1000); await new Promise(() => 0); export const main = 1',
  );
  writeFileSync(join(folder.path, 'slow.yaml'), printManifests([slow.body, ...manifests.slice(4).map(({ body }) => body)]));
  writeFileSync(join(folder.path, 'empty.yaml'), '');
  writeFileSync(
    join(folder.path, 'python.yaml'),
    printManifests([functionManifest('p', 'x', { runtime: 'python312' }).body, ...manifests.slice(4).map(({ body }) => body)]),
  );
});

const started = new Set<ChildProcess>();

// A test that fails half-way leaves neither a process behind nor a run that never ends.
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
});

afterAll(() => {
  folder.remove();
});

interface Local {
  readonly child: ChildProcess;
  readonly out: LineLog;
  readonly err: LineLog;
  readonly code: Promise<number | null>;
}

function local(...args: string[]): Local {
  const child = spawn(process.execPath, [command, 'local', ...args], {
    cwd: folder.path,
    env: { PATH: process.env['PATH'], TMPDIR: folder.path },
  });
  started.add(child);
  const [out, err] = [new LineLog(), new LineLog()];
  createInterface({ input: child.stdout }).on('line', out.add);
  createInterface({ input: child.stderr }).on('line', err.add);
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  void code.then(() => [out, err].forEach((log) => log.end()));
  return { child, out, err, code };
}

function readSession(): LocalSession {
  return JSON.parse(readFileSync(session, 'utf8')) as LocalSession;
}

async function get(path: string): Promise<string> {
  const url = readSession().targets['worker.example.com'] ?? '';
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}${path}`, { headers: { host: 'worker.example.com' } }, (answer) => {
      answer.setEncoding('utf8').once('data', resolve);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

describe('kyma-guard local', () => {
  it('takes a signal that arrives twice, from the terminal and from npm in front of it, as one', async () => {
    const { child, err, code } = local('cluster.yaml');
    await err.until('Running');
    const { signingKeys } = readSession();
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect(await code).toBe(0);
    expect([existsSync(session), existsSync(dirname(signingKeys))]).toEqual([false, false]);
  });

  it.each<NodeJS.Signals>(['SIGTERM', 'SIGINT'])('prints addresses, runs until %s, and leaves no process and no file', async (signal) => {
    const { child, out, err, code } = local('cluster.yaml');
    await err.until('Running');
    const { signingKeys, pid } = readSession();
    const worker = Number(await get('/pid'));
    expect([statSync(session).mode & 0o777, pid]).toEqual([0o600, child.pid]);
    child.kill(signal);
    expect(await code).toBe(0);
    await untilGone(worker);
    expect([existsSync(session), existsSync(dirname(signingKeys))]).toEqual([false, false]);
    expect(out.lines.map((line) => line.replace(/127\.0\.0\.1:\d+/g, 'HERE'))).toEqual([
      'host    worker.example.com                                http://HERE',
      'issuer  https://a.authentication.example.com/oauth/token  http://HERE',
      "try     curl -i -H 'Host: worker.example.com' http://HERE/pid",
      'verify  kyma-guard verify cluster.yaml --local',
    ]);
    expect(err.lines).toEqual(
      expect.arrayContaining([
        '[geo/worker] loaded',
        expect.stringContaining('[geo/broken] User function not loaded: no named export "main"'),
      ]),
    );
  });

  it('takes its processes along when it is killed with -9, even one that is stuck, and starts again after that', async () => {
    const { child, err, code } = local('cluster.yaml');
    await err.until('Running');
    const worker = Number(await get('/pid'));
    const left = dirname(readSession().signingKeys);
    const stuck = get('/pid?block=1').catch(() => 'cut');
    child.kill('SIGKILL');
    await Promise.all([code, stuck, untilGone(worker)]);
    expect([existsSync(session), existsSync(left)]).toEqual([true, true]);
    const next = local('cluster.yaml');
    await next.err.until('Running');
    expect([existsSync(left), readSession().pid]).toEqual([false, next.child.pid]);
    next.child.kill('SIGTERM');
    expect(await next.code).toBe(0);
  });

  it('refuses to run twice in one folder', async () => {
    const { child, err, code } = local('cluster.yaml');
    await err.until('Running');
    const second = local('cluster.yaml');
    expect(await second.code).toBe(2);
    expect(second.err.lines.join('\n')).toContain(`already runs here (process ${child.pid ?? 0})`);
    child.kill('SIGTERM');
    await code;
  });

  it('opens its gateway at the port that was asked for', async () => {
    const port = String(await freePort());
    const { child, err, out, code } = local('cluster.yaml', '--port', port, '--issuer-down', 'a');
    await err.until('Running');
    expect(readSession().targets['worker.example.com']).toBe(`http://127.0.0.1:${port}`);
    expect(out.lines[1]).toMatch(/^issuer .* down$/);
    child.kill('SIGTERM');
    await code;
  });

  it('ends with 2 when the port is taken, and leaves nothing', async () => {
    const taken = createServer();
    const { port } = new URL(await listen(taken));
    const { err, code } = local('cluster.yaml', '--port', port);
    const ended = await code.finally(() => closeServer(taken));
    expect([ended, err.lines.join('\n')]).toEqual([2, expect.stringContaining(`port ${port} cannot be used (EADDRINUSE)`)]);
    expect([existsSync(session), readdirSync(folder.path).filter((name) => /^kyma-guard-[0-9a-f]{8}-/.test(name))]).toEqual([false, []]);
  });

  it('stops in the middle of its start, and leaves nothing', async () => {
    const { child, err, code } = local('slow.yaml');
    await err.until('[geo/slow] loading');
    child.kill('SIGINT');
    expect(await code).toBe(3);
    expect([existsSync(session), readdirSync(folder.path).filter((name) => /^kyma-guard-[0-9a-f]{8}-/.test(name))]).toEqual([false, []]);
  });

  it.each<[string, string[], string]>([
    ['no path', [], 'path'],
    ['a missing file', ['absent.yaml'], 'absent.yaml: no such file or folder'],
    ['an empty file', ['empty.yaml'], 'no manifest in empty.yaml'],
    ['an unknown issuer', ['cluster.yaml', '--issuer-down', 'other.example.com'], 'no issuer "other.example.com" is in the manifests'],
    ['a bad upstream', ['cluster.yaml', '--upstream', 'orders=http://x/y'], 'give NAMESPACE/NAME=URL'],
    [
      'an upstream that no manifest names',
      ['cluster.yaml', '--upstream', 'geo/workr=http://127.0.0.1:9'],
      '--upstream names geo/workr, which no manifest names; did you mean geo/worker?',
    ],
    ['a port out of range', ['cluster.yaml', '--port', '70000'], '--port is 70000'],
    ['a Python Function', ['python.yaml'], 'Function geo/p has runtime "python312"; only Node.js runtimes run here'],
  ])('ends with 2 for %s and leaves nothing', async (_case, args, message) => {
    const { err, out, code } = local(...args);
    expect(await code).toBe(2);
    expect([err.lines.join('\n'), out.lines]).toEqual([expect.stringContaining(message), []]);
    expect(existsSync(session)).toBe(false);
  });
});
