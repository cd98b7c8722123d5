import { exitCodeOf } from '../../src/cli/exit-code';
import type { RunTools, VerifyOptions } from '../../src/verify/verify-input';
import { startGateway, type Change, type SeenRequest } from '../gateways/gateway';
import { startIssuer, type TestIssuer } from '../gateways/issuer';
import { deadUrl } from '../support/http-server';
import { byId, createDeploymentKeys, host, manifestFor, verifyAt } from '../support/verify-deployment';

let issuer: TestIssuer;
let seen: SeenRequest[];
/** A clock that goes on with every request, so that a watch is as long on every machine. */
let ms: number;
beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
});
beforeEach(() => {
  seen = [];
  ms = Date.now();
});
afterAll(() => issuer.close());

const isAnonymous = ({ headers }: SeenRequest): boolean => headers.authorization === undefined;
const isGood = ({ headers }: SeenRequest): boolean => headers.authorization?.startsWith('Bearer ey') === true;
/** True from the nth such request to a route on; calibration sends one without a token and two good ones. */
const nth = (from: number, to: number, kind: (request: SeenRequest) => boolean): boolean => {
  const count = seen.filter((request) => request.path === '/orders' && kind(request)).length;
  return count >= from && count <= to;
};

/** Watches for 40 calls, unless the options or the clock say otherwise. */
async function watched(change: Change, options: VerifyOptions = {}, tools: Partial<RunTools> = { now: () => ms }) {
  const count: Change = (sound) => ({ route: (request) => ((ms += 1), seen.push(request), sound.route(request)) });
  const gateway = await startGateway(issuer, count, change);
  try {
    const usual: VerifyOptions = { watchMs: 40, rate: 1000, concurrency: 1, only: [`GET ${host}/orders`] };
    return await verifyAt(gateway.url, issuer, { ...usual, ...options }, undefined, tools);
  } finally {
    await gateway.close();
  }
}

interface Sent {
  readonly requests: number;
}

interface WatchedData {
  readonly watch: {
    readonly startedAt: string;
    readonly routes: readonly { readonly anonymous: { incidents: object[] }; readonly valid: { incidents: object[] } }[];
  };
}

test('nothing but anonymous and good calls of each route go out, in turn and at the rate', async () => {
  const stop = new AbortController();
  const until: Change = (sound) => ({
    route(request) {
      times.push(Date.now());
      if (times.length === 30) stop.abort();
      return sound.route(request);
    },
  });
  const times: number[] = [];
  const outcome = await watched(until, { watchMs: 3_600_000, rate: 100, only: [`GET ${host}/*`] }, { signal: stop.signal });
  expect([...byId(outcome, 'watch-anonymous'), ...byId(outcome, 'watch-valid')].map(({ status }) => status)).toEqual([
    'pass',
    'pass',
    'pass',
  ]);
  expect(exitCodeOf(outcome)).toBe(0);
  const { watch } = outcome.data as unknown as WatchedData;
  const startedAt = Date.parse(watch.startedAt);
  const calls = times.filter((at) => at > startedAt);
  expect(calls.length).toBeGreaterThan(20);
  // The first call goes out at once; a timer may be a millisecond early.
  expect((calls.at(-1) ?? 0) - startedAt).toBeGreaterThanOrEqual((calls.length - 1) * 10 - 1);
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
  const outcome = await watched(() => ({}), { targets: { [host]: deadUrl } }, {});
  expect([...byId(outcome, 'watch-anonymous'), ...byId(outcome, 'watch-valid')].map(({ status }) => status)).toEqual(['error', 'error']);
  expect(exitCodeOf(outcome)).toBe(3);
});

test('what writes is not watched without consent', async () => {
  const outcome = await watched(() => ({}), { only: [`* ${host}/orders`] });
  expect(seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(JSON.stringify(outcome.data?.['notes'])).toContain(`Not watched without --unsafe-methods: POST ${host}/orders`);
});

test('each host is polled at the rate, however many routes the other has', async () => {
  const gateway = await startGateway(issuer, (sound) => ({ route: (request) => (seen.push(request), sound.route(request)) }));
  const hosts = [host, 'shop.example.test'];
  const targets = Object.fromEntries(hosts.map((name) => [name, gateway.url]));
  // Twenty calls of each, seldom enough for a slow machine to keep up with.
  const options = { watchMs: 2000, rate: 10, concurrency: 4, targets };
  const outcome = await verifyAt(gateway.url, issuer, options, manifestFor(issuer, 'two hosts'));
  await gateway.close();
  const { watch } = outcome.data as unknown as { watch: { routes: { route: { host: string }; valid: Sent; anonymous?: Sent }[] } };
  // The anonymous calls of a route stand with it once; calibration counts one of them.
  const sent = hosts.map((name) =>
    watch.routes
      .filter(({ route }) => route.host === name)
      .reduce((sum, one) => sum + one.valid.requests + (one.anonymous?.requests ?? 0), 0),
  );
  expect(sent.every((requests) => requests > 10 && requests <= 22)).toBe(true);
});

test('what may stay undecided does not count, and is listed as accepted', async () => {
  const outcome = await watched(() => ({}), { credentials: [], acceptUndecided: [`GET ${host}/orders`] });
  const [result] = byId(outcome, 'watch-valid');
  expect([result?.status, result?.suppressed?.by, exitCodeOf(outcome)]).toEqual(['skip', 'option', 0]);
});

test('a deployment that is not there stays undecided, whatever is accepted', async () => {
  const outcome = await watched(() => ({}), { targets: { [host]: deadUrl }, acceptUndecided: ['*'] }, {});
  expect(exitCodeOf(outcome)).toBe(3);
});
