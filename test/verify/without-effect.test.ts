import { exitCodeOf } from '../../src/cli/exit-code';
import type { CheckResult } from '../../src/model/check-result';
import type { VerbOutcome } from '../../src/model/verb-outcome';
import type { VerifyOptions } from '../../src/verify/verify-input';
import { json, startGateway, type Change, type SeenRequest } from '../gateways/gateway';
import { startIssuer, type TestIssuer } from '../gateways/issuer';
import { byId, createDeploymentKeys, host, manifestOf, raisedBy, verifyAt } from '../support/verify-deployment';

const remote = { gentle: true, rate: 100_000 };
let issuer: TestIssuer;
let seen: SeenRequest[];

beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
});
beforeEach(() => {
  seen = [];
});
afterAll(() => issuer.close());

/** Verifies rules with JWT, each `METHOD,METHOD /path`, behind a gateway that routes them in that way, with changes. */
async function verifyRules(rules: readonly string[], change: Change = () => ({}), options: VerifyOptions = {}): Promise<VerbOutcome> {
  const list = rules.map((rule) => ({ methods: rule.split(' ')[0]?.split(',') ?? [], path: rule.split(' ')[1] ?? '' }));
  const takes = (path: string, { path: asked }: SeenRequest): boolean =>
    path === asked || (path.endsWith('/{*}') && asked.replace(/[^/]+$/, '{*}') === path);
  const routed: Change = () => ({
    route: (request) => (list.some(({ methods, path }) => methods.includes(request.method) && takes(path, request)) ? 'protected' : 'none'),
  });
  const log: Change = (sound) => ({ route: (request) => (seen.push(request), sound.route(request)) });
  const gateway = await startGateway(issuer, routed, change, log);
  try {
    return await verifyAt(
      gateway.url,
      issuer,
      { ...remote, ...options },
      manifestOf((jwt) => list.map((rule) => ({ ...rule, jwt })), issuer),
    );
  } finally {
    await gateway.close();
  }
}

function writes(): string[] {
  return seen.filter(({ method }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)).map(({ method, path }) => `${method} ${path}`);
}

test('a DELETE names something below its rule that does not exist', async () => {
  const outcome = await verifyRules(['GET,DELETE /orders/{*}'], undefined, { profile: 'full' });
  const paths = seen.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !/^\/orders\/kyma-guard-[0-9a-f]{8}$/.test(path))).toEqual([]);
  expect(byId(outcome, 'protected').map(({ status }) => status)).toEqual(['pass', 'pass']);
});

test('a DELETE of a fixed path is not sent, and undecided', async () => {
  const outcome = await verifyRules(['GET,DELETE /orders'], undefined, { profile: 'full' });
  expect(writes().filter((line) => line.startsWith('DELETE'))).toEqual([]);
  expect(raisedBy(outcome)).toEqual([]);
  expect(byId(outcome, 'protected').map(({ route, status }) => `${route?.method} ${status}`)).toEqual(['GET pass', 'DELETE error']);
  expect(exitCodeOf(outcome)).toBe(3);
});

test('a call that writes and is answered as an unknown path is undecided', async () => {
  const outcome = await verifyRules(['GET,POST /orders'], (sound) => ({
    route: (request) => (request.method === 'POST' ? 'none' : sound.route(request)),
  }));
  expect(raisedBy(outcome)).toEqual([]);
  expect(byId(outcome, 'protected').map(({ route, status }) => `${route?.method} ${status}`)).toEqual(['GET pass', 'POST error']);
});

describe('a workload that looks at the form of a call before its token', () => {
  const problem = json(401, { problem: 'no token' });
  const looking = (isFormless: (request: SeenRequest) => boolean): Change => {
    return (sound) => ({
      bypass: (request) => request.method === 'POST' && !isFormless(request),
      workload: (request) => (request.method === 'POST' ? json(415, { problem: 'not of that type' }) : sound.workload(request)),
      refuse: (reason) => (reason === 'unknown' ? json(404, { problem: 'no such path' }) : problem),
    });
  };
  const isBare = ({ headers, body }: SeenRequest): boolean => headers['content-type'] === undefined && body === '';

  test('is proven when a call without any is refused as at a route that is proven', async () => {
    const outcome = await verifyRules(['GET,POST /orders'], looking(isBare));
    expect(raisedBy(outcome)).toEqual([]);
    expect(byId(outcome, 'protected').map(({ route, status }) => `${route?.method} ${status}`)).toEqual(['GET pass', 'POST pass']);
  });

  test('is undecided when it finds fault with every form', async () => {
    const outcome = await verifyRules(
      ['GET,POST /orders'],
      looking(() => false),
    );
    expect(raisedBy(outcome)).not.toContain('closed-to-anonymous');
    expect(byId(outcome, 'protected').map(({ route, status }) => `${route?.method} ${status}`)).toEqual(['GET pass', 'POST error']);
  });

  test('is open when a call without any gets in', async () => {
    const open: Change = (sound, own) => ({
      ...looking(() => false)(sound, own),
      workload: (request) => (isBare(request) ? json(201, { id: 1 }) : json(415, { problem: 'not of that type' })),
    });
    const outcome = await verifyRules(['GET,POST /orders'], open, { only: [`POST ${host}/orders`, `GET ${host}/orders`] });
    expect(raisedBy(outcome)).toContain('write-only');
  });
});

test('a path that is only written to is read, too', async () => {
  const outcome = await verifyRules(['GET /orders', 'POST /create'], (sound) => ({
    bypass: ({ method, path }) => method === 'GET' && path === '/create',
    route: (request) => (request.method === 'GET' && request.path === '/create' ? 'public' : sound.route(request)),
  }));
  expect(raisedBy(outcome)).toEqual(['closed-to-anonymous', 'method-not-exposed', 'protected']);
  expect(exitCodeOf(outcome)).toBe(1);
});

test.each([
  ['lets every method in', ['GET /orders'], 200],
  ['breaks when it is written to', ['GET,POST /orders'], 500],
])('nothing more is written to a route that %s', async (_, rules, status) => {
  const isWrite = ({ method }: SeenRequest): boolean => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
  await verifyRules(
    rules,
    (sound) => ({
      route: (request) => (isWrite(request) && request.path === '/orders' ? 'public' : sound.route(request)),
      workload: (request) => (isWrite(request) ? json(status, { written: true }) : sound.workload(request)),
    }),
    { profile: 'full', only: [`${rules[0]?.includes('POST') ? 'POST' : 'GET'} ${host}/orders`] },
  );
  expect(writes()).toHaveLength(1);
});

test('what was borrowed from a neighbour falls with its control', async () => {
  let dead = false;
  const outcome = await verifyRules(['GET,POST /orders'], (sound) => ({
    route: (request) => {
      if (request.method === 'POST' && request.headers.authorization !== undefined) dead = true;
      return dead && request.method === 'GET' ? 'none' : sound.route(request);
    },
  }));
  expect(byId(outcome, 'protected').map(({ route, status }) => `${route?.method} ${status}`)).toEqual(['GET error', 'POST error']);
});

test.each([
  [
    ['POST /orders'],
    'no proven route of the workload shows how this gateway refuses',
    /--unsafe-methods .*readable route .*--accept-undecided 'POST [^']+\/orders'/,
  ],
  [['GET,DELETE /orders'], 'without effect it is not refused as', /--unsafe-methods .*--accept-undecided 'DELETE [^']+\/orders'/],
] as const)('%j: a call that may not be sent as meant says so, and what can be done, also as an accepted risk', async (rules, why, fix) => {
  const [method = ''] = rules[0].split(' ')[0]!.split(',').slice(-1);
  const claimOf = async (options: VerifyOptions): Promise<CheckResult | undefined> =>
    byId(await verifyRules(rules, undefined, options), 'protected').find(({ route }) => route?.method === method);
  const open = await claimOf({});
  expect(open?.message).toContain(`undecided: ${method} is not sent as it is meant, and ${why}`);
  expect(open?.fix).toMatch(fix);
  const accepted = await claimOf({ acceptUndecided: [`${method} ${host}/orders`] });
  expect([accepted?.status, accepted?.message]).toEqual(['skip', open?.message]);
});
