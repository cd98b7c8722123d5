import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import type { Report } from '../../src/report/report';
import { startGateway, type Change, type SeenRequest } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import type { RunningServer } from '../support/http-server';
import { buildCommand } from '../support/local-runtime';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, host, manifestFor } from '../support/verify-deployment';

let issuer: TestIssuer;
let command: string;
let folder: string;
beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
  command = buildCommand(temporaryFolder(), 'verify');
});
beforeEach(() => {
  folder = temporaryFolder({ 'rule.json': manifestFor(issuer), 'good.json': serviceKey(issuer, 'good') });
});
afterAll(() => issuer.close());

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  readonly report: Report;
}

/** Watches a gateway in a process of its own for an hour, which a signal ends once the gateway has seen so many requests to orders. */
async function watchUntil(signal: NodeJS.Signals, requests: number, change: (seen: readonly SeenRequest[]) => Change): Promise<Ended> {
  const seen: SeenRequest[] = [];
  let stop = (): void => undefined;
  const gateway = await startGateway(issuer, change(seen), (sound) => ({
    route(request) {
      if (request.path === '/orders') seen.push(request);
      if (seen.length === requests) stop();
      return sound.route(request);
    },
  }));
  const only = ['--only', `GET ${host}/orders`, '--rate', '100', '--concurrency', '1'];
  const args = ['verify', 'rule.json', '--target', `${host}=${gateway.url}`, '--credentials', 'good.json', '--watch', '1h', ...only];
  const child = spawn(process.execPath, [command, ...args, '--report', 'json=watch.json'], { cwd: folder, env: {} });
  stop = () => child.kill(signal);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  try {
    const [code, by] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
      child.once('close', (...ended) => resolve(ended)),
    );
    return { code, signal: by, stderr, report: JSON.parse(await readFile(join(folder, 'watch.json'), 'utf8')) as Report };
  } finally {
    child.kill('SIGKILL');
    await gateway.close();
  }
}

const isAnonymous = ({ headers }: SeenRequest): boolean => headers.authorization === undefined;
const statusOf = ({ results }: Report, id: string): string | undefined => results.find((result) => result.id === id)?.status;

interface Watched {
  readonly watch: { readonly routes: readonly Record<'anonymous' | 'valid', { incidents: { from: string; requests: number }[] }>[] };
}

test.each<NodeJS.Signals>(['SIGTERM', 'SIGINT'])('%s ends a quiet watch: the report is written, exit code 0', async (signal) => {
  const before = Date.now();
  const { code, report, stderr } = await watchUntil(signal, 24, () => () => ({}));
  expect([code, stderr, statusOf(report, 'watch-anonymous'), statusOf(report, 'watch-valid')]).toEqual([0, '', 'pass', 'pass']);
  const { watch } = report.data as unknown as { watch: { startedAt: string; endedAt: string } };
  expect([Date.parse(watch.startedAt) >= before, Date.parse(watch.endedAt) <= Date.now()]).toEqual([true, true]);
});

test('SIGTERM ends a watch in which nobody and somebody got in wrongly: both seconds are in the report, exit code 1', async () => {
  // Calibration sends four requests to the route; from then on anonymous and good ones take turns.
  const { code, report } = await watchUntil('SIGTERM', 24, (seen) => (sound) => ({
    bypass: (request) => isAnonymous(request) && [13, 15].includes(seen.length),
    authorize: (claims) => seen.length !== 18 && sound.authorize(claims),
  }));
  expect([code, statusOf(report, 'watch-anonymous'), statusOf(report, 'watch-valid')]).toEqual([1, 'fail', 'fail']);
  const [route] = (report.data as unknown as Watched).watch.routes;
  const spans = (['anonymous', 'valid'] as const).map((kind) => route?.[kind].incidents ?? []);
  expect(spans.map((incidents) => incidents.reduce((sum, { requests }) => sum + requests, 0))).toEqual([2, 1]);
  const startedAt = Date.parse(report.run.startedAt ?? '');
  expect(spans.flat().every(({ from }) => Date.parse(from) > startedAt - 1000 && Date.parse(from) <= Date.now())).toBe(true);
});

test('SIGTERM ends a watch that began before a refused control: undecided, exit code 3', async () => {
  const { code, report } = await watchUntil('SIGTERM', 24, () => () => ({ authorize: () => false }));
  expect([code, statusOf(report, 'watch-anonymous'), statusOf(report, 'watch-valid')]).toEqual([3, 'pass', 'error']);
});

async function verify(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const captured = captureIo({ cwd: folder });
  const code = await main(['verify', join(folder, 'rule.json'), ...args], captured.io, '1.2.3');
  return { code, stdout: captured.stdout(), stderr: captured.stderr() };
}

describe('--watch on the command line', () => {
  let gateway: RunningServer;
  let requests = 0;
  beforeAll(async () => {
    gateway = await startGateway(issuer, (sound) => ({ route: (request) => ((requests += 1), sound.route(request)) }));
  });
  beforeEach(() => {
    requests = 0;
  });
  afterAll(() => gateway.close());
  const target = (): string[] => ['--target', `${host}=${gateway.url}`, '--credentials', 'good.json', '--watch', '2m'];

  test('with --plan shows its bill, and nothing is sent', async () => {
    const { code, stdout } = await verify(...target(), '--plan');
    expect(stdout).toBe(
      [
        `${host}: at most 606 requests (606 safe), 5 a second for 120 seconds`,
        `  GET ${host}/orders (jwt, asked as /orders): 405 requests, impact safe`,
        `  GET ${host}/healthz (public, asked as /healthz): 201 requests, impact safe`,
        'Nothing was sent.',
        '',
      ].join('\n'),
    );
    expect([code, requests]).toEqual([0, 0]);
  });

  test('with --plan and --rate counts at that rate', async () => {
    const { stdout } = await verify(...target(), '--plan', '--rate', '0.5', '--format', 'json');
    const { data } = JSON.parse(stdout) as { data: { plan: { hosts: object[] } } };
    expect(data.plan.hosts).toEqual([{ host, requests: 66, impact: { safe: 66 }, perSecond: 0.5, seconds: 120 }]);
  });

  test.each([['--baseline accepted.json'], ['--baseline accepted.json --update-baseline']])('refuses %s', async (options) => {
    await captureIo().io.files.writeAtomic(join(folder, 'accepted.json'), '{"version":1,"accepted":[]}');
    const { code, stderr } = await verify(...target(), ...options.split(' '));
    expect([code, requests, stderr]).toEqual([2, 0, expect.stringMatching(/--watch and --baseline exclude each other.*\n.*--skip/)]);
  });

  test('refuses what has only routes that write', async () => {
    const { code, stderr } = await verify(...target(), '--plan', '--only', 'POST *');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--unsafe-methods')]);
  });
});
