import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodeOf } from '../../src/cli/exit-code';
import { main } from '../../src/cli/main';
import type { VerifyOptions } from '../../src/verify/verify-input';
import { startGateway, type Change, type SeenRequest } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';
import { byId, createDeploymentKeys, host, manifestFor, verifyAt } from '../support/verify-deployment';

let issuer: TestIssuer;
let seen: SeenRequest[];
beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
});
beforeEach(() => {
  seen = [];
});
afterAll(() => issuer.close());

const isAnonymous = ({ headers }: SeenRequest): boolean => headers.authorization === undefined;
const isGood = ({ headers }: SeenRequest): boolean => headers.authorization?.startsWith('Bearer ey') === true;
/** True from the nth such request to a route on; calibration sends one without a token and two good ones. */
const nth = (from: number, to: number, kind: (request: SeenRequest) => boolean): boolean => {
  const count = seen.filter((request) => request.path === '/orders' && kind(request)).length;
  return count >= from && count <= to;
};

async function watched(change: Change, options: VerifyOptions = {}) {
  const gateway = await startGateway(issuer, (sound) => ({ route: (request) => (seen.push(request), sound.route(request)) }), change);
  try {
    return await verifyAt(gateway.url, issuer, { watchMs: 400, rate: 100, concurrency: 1, only: [`GET ${host}/orders`], ...options });
  } finally {
    await gateway.close();
  }
}

interface WatchedData {
  readonly watch: { readonly routes: readonly { readonly anonymous: { incidents: object[] }; readonly valid: { incidents: object[] } }[] };
}

test('nothing but anonymous and good calls of each route go out, in turn and at the rate', async () => {
  const outcome = await watched(() => ({}), { only: [`GET ${host}/*`] });
  expect([...byId(outcome, 'watch-anonymous'), ...byId(outcome, 'watch-valid')].map(({ status }) => status)).toEqual([
    'pass',
    'pass',
    'pass',
  ]);
  expect([exitCodeOf(outcome), seen.length > 20, seen.length < 60]).toEqual([0, true, true]);
  const turn = seen.slice(-6).map((request) => `${request.path} ${isGood(request) ? 'good' : 'anonymous'}`);
  expect(new Set(turn)).toEqual(new Set(['/orders anonymous', '/orders good', '/healthz anonymous']));
});

test('an anonymous call that gets in is found with its second', async () => {
  const outcome = await watched(() => ({
    bypass: (request) => isAnonymous(request) && nth(4, 6, isAnonymous),
  }));
  const [found] = byId(outcome, 'watch-anonymous');
  expect(found?.message).toMatch(
    /^3 of \d+ anonymous requests got in: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ.* \(3, 200 application\/json, \d+ bytes\)$/,
  );
  expect([found?.status, exitCodeOf(outcome), byId(outcome, 'watch-valid')[0]?.status]).toEqual(['fail', 1, 'pass']);
  const { watch } = outcome.data as unknown as WatchedData;
  expect(watch.routes[0]?.anonymous.incidents).toEqual([expect.objectContaining({ requests: 3 })]);
});

test.each([
  [
    'is refused',
    (): Change => (sound) => ({ authorize: (claims) => !nth(5, 5, isGood) && sound.authorize(claims) }),
    '403 text/plain, 19 bytes',
  ],
  [
    'is not answered',
    (): Change => (sound) => ({ workload: (request) => (nth(5, 5, isGood) ? { status: 0 } : sound.workload(request)) }),
    'the connection was closed',
  ],
  [
    'meets a workload that is not ready',
    (): Change => (sound) => ({ workload: (request) => (nth(5, 5, isGood) ? { status: 503 } : sound.workload(request)) }),
    '503, 0 bytes',
  ],
])('one good call that %s exceeds the budget', async (_, change, actual) => {
  const outcome = await watched(change());
  const [found] = byId(outcome, 'watch-valid');
  expect(found?.message).toMatch(/^1 of \d+ good calls did not get in: /);
  expect(found?.message).toContain(actual);
  expect([byId(outcome, 'watch-anonymous')[0]?.status, exitCodeOf(outcome)]).toEqual(['pass', 1]);
});

test('without credentials only the anonymous half is known', async () => {
  const outcome = await watched(() => ({}), { credentials: [] });
  expect([byId(outcome, 'watch-anonymous')[0]?.status, byId(outcome, 'watch-valid')[0]?.status, exitCodeOf(outcome)]).toEqual([
    'pass',
    'error',
    3,
  ]);
});

test('a deployment that is not there is undecided', async () => {
  const outcome = await watched(() => ({}), { targets: { [host]: 'http://127.0.0.1:9' } });
  expect([...byId(outcome, 'watch-anonymous'), ...byId(outcome, 'watch-valid')].map(({ status }) => status)).toEqual(['error', 'error']);
  expect(exitCodeOf(outcome)).toBe(3);
});

test('what writes is not watched without consent', async () => {
  const outcome = await watched(() => ({}), { only: [`* ${host}/orders`] });
  expect(seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(JSON.stringify(outcome.data?.['notes'])).toContain(`Not watched without --unsafe-methods: POST ${host}/orders`);
});

test('Ctrl-C ends a watch with the report so far', async () => {
  const stop = new AbortController();
  const gateway = await startGateway(issuer, (sound) => ({
    route: (request) => {
      seen.push(request);
      if (seen.length === 20) stop.abort();
      return sound.route(request);
    },
  }));
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'rule.json'), manifestFor(issuer));
  writeFileSync(join(cwd, 'good.json'), serviceKey(issuer, 'good'));
  const captured = captureIo({ cwd, signal: stop.signal });
  const args = ['--target', `${host}=${gateway.url}`, '--credentials', 'good.json', '--watch', '1h', '--rate', '200', '--format', 'json'];
  const code = await main(['verify', join(cwd, 'rule.json'), ...args], captured.io, '1.2.3');
  await gateway.close();
  const { results } = JSON.parse(captured.stdout()) as { results: { id: string; status: string; message: string }[] };
  expect(results.map(({ id, status }) => `${id} ${status}`)).toEqual(['watch-anonymous pass', 'watch-valid pass', 'watch-valid pass']);
  expect([code, seen.length < 30]).toEqual([0, true]);
});

test('a watch and a plan exclude each other', async () => {
  const captured = captureIo({ cwd: temporaryFolder({ 'rule.json': manifestFor(issuer) }) });
  expect(await main(['verify', join(captured.io.cwd, 'rule.json'), '--watch', '1m', '--plan'], captured.io, '1.2.3')).toBe(2);
  expect(captured.stderr()).toContain('--plan and --watch exclude each other');
});
