import { exitCodeOf } from '../../src/cli/exit-code';
import type { VerbOutcome } from '../../src/model/verb-outcome';
import { billOf } from '../../src/verify/plan-report';
import type { Endpoint } from '../../src/verify/endpoint';
import { ordersWorkload, startGateway, type SeenRequest } from '../gateways/gateway';
import { checkSigned } from '../gateways/token-verifier';
import { startIssuer, type TestIssuer } from '../gateways/issuer';
import type { RunningServer } from '../support/http-server';
import { byId, createDeploymentKeys, host, manifestFor, verifyAt } from '../support/verify-deployment';

let issuer: TestIssuer;
let gateway: RunningServer;
let seen: SeenRequest[];
const remote = { gentle: true, rate: 100_000 };

beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
  gateway = await startGateway(issuer, (sound) => ({ route: (request) => (seen.push(request), sound.route(request)) }));
});
beforeEach(() => {
  seen = [];
});
afterAll(() => Promise.all([issuer.close(), gateway.close()]));

test('without consent no call that writes carries a body or a known type', async () => {
  await verifyAt(gateway.url, issuer, remote);
  const writing = seen.filter(({ method }) => ['POST', 'PUT', 'PATCH'].includes(method));
  expect(writing.length).toBeGreaterThan(0);
  expect(
    writing.filter(({ headers }) => headers['content-length'] !== '0' || headers['content-type'] !== 'application/x-kyma-guard'),
  ).toEqual([]);
});

test('without consent no call that writes carries the good token', async () => {
  await verifyAt(gateway.url, issuer, remote);
  const texts = seen.filter(({ method }) => method === 'POST').map(({ headers }) => headers.authorization?.replace(/^Bearer /, '') ?? '');
  const good = await Promise.all(texts.map((text) => checkSigned(text, issuer)));
  expect(texts.filter((text) => text.startsWith('ey'))).toHaveLength(1);
  expect(good.filter((claims) => claims !== undefined)).toEqual([]);
});

test('a rule without a safe method is protected when it is refused exactly as its proven neighbour', async () => {
  const outcome = await verifyAt(gateway.url, issuer, remote);
  expect(byId(outcome, 'protected').map(({ route, status }) => `${route?.method} ${status}`)).toEqual(['GET pass', 'POST pass']);
});

test('a rule without a safe method and without a proven neighbour is undecided', async () => {
  const outcome = await verifyAt(gateway.url, issuer, { ...remote, only: ['POST *'] });
  expect(byId(outcome, 'protected').map(({ status }) => status)).toEqual(['error']);
  expect(exitCodeOf(outcome)).toBe(3);
});

test('an undecided claim can be accepted by name, and is never a pass', async () => {
  const outcome = await verifyAt(gateway.url, issuer, { ...remote, only: ['POST *'], acceptUndecided: [`POST ${host}/orders`] });
  expect(byId(outcome, 'protected').map(({ status }) => status)).toEqual(['skip']);
  expect(exitCodeOf(outcome)).toBe(0);
});

test('with consent a rule without a safe method has its own control', async () => {
  const outcome = await verifyAt(gateway.url, issuer, { ...remote, only: ['POST *'], unsafeMethods: true });
  expect(byId(outcome, 'control').map(({ status }) => status)).toEqual(['pass']);
});

describe('a full run', () => {
  let outcome: VerbOutcome;
  let sent: readonly SeenRequest[];

  beforeAll(async () => {
    seen = [];
    outcome = await verifyAt(gateway.url, issuer, { profile: 'full' });
    sent = seen;
  });

  test('lets valid tokens travel only where the rule reads them', async () => {
    const elsewhere = sent.flatMap(
      ({ query, headers, body }) => `${query.toString()} ${headers.cookie ?? ''} ${body}`.match(/ey[\w-]+\.ey[\w.-]+/g) ?? [],
    );
    expect(elsewhere.length).toBeGreaterThan(0);
    expect((await Promise.all(elsewhere.map((token) => checkSigned(token, issuer)))).filter(Boolean)).toEqual([]);
  });

  test('brings no token, secret or body of an authorised answer into the results', () => {
    const text = JSON.stringify(outcome);
    const tokens = sent
      .flatMap(({ headers }) => headers.authorization?.slice('Bearer '.length).split('.') ?? [])
      .filter((part) => part.length > 20);
    expect(tokens.length).toBeGreaterThan(20);
    expect([...tokens, 'secret-of-good', 'secret-of-stranger', 'bolt M8', 'Grace'].filter((secret) => text.includes(secret))).toEqual([]);
  });

  test('is spent on one representative of each class, and the report names it', () => {
    expect(outcome.data?.['representatives']).toEqual([`GET ${host}/orders`]);
  });
});

test.each([
  ['the workload answers the good token with 404', { status: 404 }, () => false],
  ['anybody gets the data under 403', { status: 403 }, () => true],
  ['anybody gets the data under 500', { status: 500 }, () => true],
])('no body of an authorised answer reaches the results when %s', async (_, over, bypass) => {
  const lost = await startGateway(issuer, (sound) => ({
    bypass,
    workload: (request) =>
      bypass() && sound.tokenOf(request)?.startsWith('ey') ? ordersWorkload(request) : { ...ordersWorkload(request), ...over },
  }));
  const text = JSON.stringify(await verifyAt(lost.url, issuer, { profile: 'full', requestsPerRoute: 250 }));
  await lost.close();
  expect(['bolt M8', 'Grace', '4713'].filter((secret) => text.includes(secret))).toEqual([]);
});

test('a target that repeats the token in its refusal does not get it into the results', async () => {
  let sent = '';
  const echo = await startGateway(issuer, (sound) => ({
    tokenOf: (request) => (sent = sound.tokenOf(request) ?? ''),
    verify: async () => undefined,
    refuse: () => ({ status: 401, type: 'text/plain', body: `no: ${sent}` }),
  }));
  const outcome = JSON.stringify(await verifyAt(echo.url, issuer));
  await echo.close();
  expect(outcome).not.toMatch(/ey[\w-]{20,}\.ey/);
});

test('every request names the tool and the run', async () => {
  await verifyAt(gateway.url, issuer);
  expect(
    seen.filter(({ headers }) => headers['x-kyma-guard-run'] !== 'test-run' || !headers['user-agent']?.startsWith('kyma-guard')),
  ).toEqual([]);
});

test.each([
  ['smoke', 15],
  ['standard', 60],
  ['full', 1100],
] as const)('profile %s costs at most %i requests per route, and a run stays within its plan', async (profile, most) => {
  const options = { profile, only: [`GET ${host}/orders`] };
  const { data } = await verifyAt(gateway.url, issuer, { ...options, plan: true });
  const planned = (data?.['plan'] as { routes: { requests: number }[] }).routes[0]?.requests ?? Infinity;
  const run = await verifyAt(gateway.url, issuer, options);
  expect(planned).toBeLessThanOrEqual(most);
  expect(run.data?.['requests']).toBeLessThanOrEqual(planned);
  expect([profile, leftOut(run) > 0]).toEqual([profile, profile !== 'full']);
});

test('with fewer requests per route than the full profile has the report says how many variants were left out', async () => {
  const run = await verifyAt(gateway.url, issuer, { profile: 'full', only: [`GET ${host}/orders`], requestsPerRoute: 450 });
  expect(leftOut(run)).toBeGreaterThan(10);
});

function leftOut({ results }: VerbOutcome): number {
  return results.filter(({ message }) => message.includes('left out')).length;
}

test('a public endpoint costs two requests', () => {
  const endpoint: Partial<Endpoint> = { intent: 'public', method: 'GET' };
  expect(billOf(endpoint as Endpoint, { profileOf: () => 'full', isAsked: () => true, isPossible: () => true }, false)).toEqual({
    safe: 2,
  });
});

test('the curl line of a finding holds $TOKEN and runs against the target', async () => {
  const open = await startGateway(issuer, (_, { issuer: iss }) => ({
    verify: async () => ({ iss }),
    authorize: () => true,
    tokenOf: ({ headers }) => /^Bearer (ey.+)$/.exec(headers.authorization ?? '')?.[1],
  }));
  const outcome = await verifyAt(open.url, issuer, {}, manifestFor(issuer));
  await open.close();
  expect(byId(outcome, 'foreign-key')[0]?.curl).toBe(
    `curl -i --path-as-is -X GET '${open.url}/orders' -H 'Host: ${host}' -H 'Authorization: Bearer '"$TOKEN"`,
  );
});

test.each([1, 5, 12, 25, 40])('a run that may send only %i requests says so once, and leaves the rest undecided', async (maxRequests) => {
  const outcome = await verifyAt(gateway.url, issuer, { maxRequests });
  const undecided = outcome.results.filter(({ status }) => status === 'error' || status === 'warn' || status === 'fail');
  expect(undecided.map(({ id, message }) => `${id}: ${message}`)).toEqual([
    expect.stringMatching(new RegExp(`^request-limit: --max-requests ${maxRequests} was reached: \\d of 3 calls are not decided$`)),
  ]);
  expect([exitCodeOf(outcome), outcome.data?.['stoppedHosts']]).toEqual([3, []]);
  // Two that go over one connection go together or not at all.
  expect([maxRequests - 1, maxRequests]).toContain(seen.length);
});

test('what got through before the limit stays a finding', async () => {
  const open = await startGateway(issuer, () => ({ bypass: () => true }));
  const outcome = await verifyAt(open.url, issuer, { maxRequests: 12, concurrency: 1 });
  await open.close();
  expect(byId(outcome, 'no-token')[0]?.status).toBe('fail');
  expect(exitCodeOf(outcome)).toBe(1);
});

test('a limit that is high enough changes nothing', async () => {
  const outcome = await verifyAt(gateway.url, issuer, { maxRequests: 1000 });
  expect([exitCodeOf(outcome), byId(outcome, 'request-limit')]).toEqual([0, []]);
});

test.each([
  ['smoke', 'GET'],
  ['standard', 'POST'],
] as const)('profile %s counts the probes that it runs', async (profile, method) => {
  const outcome = await verifyAt(gateway.url, issuer, { profile, only: [`${method} ${host}/orders`] });
  const claims = new Set(['closed-to-anonymous', 'protected', 'control']);
  const probes = new Set(
    outcome.results.filter(({ id, route }) => route && !claims.has(id) && !id.startsWith('token-')).map(({ id }) => id),
  );
  expect(outcome.data?.['probes']).toBe(probes.size);
});
