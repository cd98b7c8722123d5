import { exitCodeOf } from '../../src/cli/exit-code';
import { OutOfScopeError } from '../../src/model/errors';
import { startGateway, type Change } from '../gateways/gateway';
import { startIssuer, type TestIssuer } from '../gateways/issuer';
import { serve, type RunningServer } from '../support/http-server';
import { byId, createDeploymentKeys, host, manifestFor, raisedBy, verifyAt, type DeploymentKeys } from '../support/verify-deployment';

let keys: DeploymentKeys;
let issuer: TestIssuer;
const open: RunningServer[] = [];

beforeAll(async () => {
  keys = await createDeploymentKeys();
});
beforeEach(async () => {
  issuer = started(await startIssuer(keys.issuer));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

function started<T extends RunningServer>(server: T): T {
  open.push(server);
  return server;
}

async function close(server: RunningServer): Promise<void> {
  open.splice(open.indexOf(server), 1);
  await server.close();
}

test.each([[[]], [['*']]])(
  'a stopped gateway is undecided, and nothing is reported as pass, whatever is accepted (%j)',
  async (acceptUndecided) => {
    const gateway = started(await startGateway(issuer));
    await close(gateway);
    const outcome = await verifyAt(gateway.url, issuer, { acceptUndecided });
    expect(exitCodeOf(outcome)).toBe(3);
    expect(outcome.results.filter(({ status }) => status === 'pass' || status === 'fail')).toEqual([]);
  },
);

test('a gateway open to everybody fails although the issuer is stopped', async () => {
  const gateway = started(await startGateway(issuer, () => ({ bypass: () => true })));
  await close(issuer);
  const outcome = await verifyAt(gateway.url, issuer);
  expect(exitCodeOf(outcome)).toBe(1);
  expect(raisedBy(outcome)).toEqual(['closed-to-anonymous', 'no-token', 'protected']);
});

test('a gateway that does not verify signatures fails although the issuer is stopped', async () => {
  const gateway = started(
    await startGateway(issuer, (_, { issuer: iss }) => ({
      verify: async () => ({ iss }),
      authorize: () => true,
      tokenOf: ({ headers }) => /^Bearer (ey.+)$/.exec(headers.authorization ?? '')?.[1],
    })),
  );
  await close(issuer);
  expect(raisedBy(await verifyAt(gateway.url, issuer))).toEqual(['foreign-key', 'protected']);
});

test('a sound gateway whose issuer is stopped is undecided: closed, but not proven to open', async () => {
  const gateway = started(await startGateway(issuer));
  await close(issuer);
  const outcome = await verifyAt(gateway.url, issuer);
  expect(exitCodeOf(outcome)).toBe(3);
  expect(byId(outcome, 'closed-to-anonymous').map(({ status }) => status)).toEqual(['pass', 'pass']);
  expect(byId(outcome, 'protected').map(({ status }) => status)).toEqual(['error', 'error']);
});

test('nothing is sent when a target is not in the scope', async () => {
  const seen: string[] = [];
  const server = started(await serve((request, response) => response.end(String(seen.push(request.url ?? '')))));
  const outside = verifyAt(server.url, issuer, { targets: { [host]: 'http://gateway.example.test' } });
  await expect(outside).rejects.toThrow(OutOfScopeError);
  expect(seen).toEqual([]);
});

test('a plan sends nothing', async () => {
  const seen: string[] = [];
  const server = started(await serve((request, response) => response.end(String(seen.push(request.url ?? '')))));
  const { data } = await verifyAt(server.url, { ...issuer, url: server.url }, { plan: true });
  expect(seen).toEqual([]);
  expect(data?.['plan']).toMatchObject({ hosts: [{ host }], routes: [{ method: 'GET' }, { method: 'POST' }, { probes: ['public-open'] }] });
});

test('a manifest that names a foreign issuer gets no secret', async () => {
  const asked: string[] = [];
  const foreign = started(await serve((request, response) => response.end(String(asked.push(`${request.method} ${request.url}`)))));
  const gateway = started(await startGateway(issuer));
  const named = { issuer: `${foreign.url}/oauth/token`, jwksUri: `${foreign.url}/token_keys` };
  await verifyAt(gateway.url, issuer, {}, manifestFor(named));
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((line) => !line.startsWith('GET '))).toEqual([]);
});

test('a throttling gateway is undecided, not secure and not insecure', async () => {
  const gateway = started(await startGateway(issuer, afterRequests(20, { status: 429 })));
  const outcome = await verifyAt(gateway.url, issuer);
  expect(exitCodeOf(outcome)).toBe(3);
  expect(raisedBy(outcome)).toEqual([]);
});

test('a target that dies under the run gets no more requests after three signs', async () => {
  let requests = 0;
  const gateway = started(
    await startGateway(
      issuer,
      afterRequests(20, { status: 503 }, () => (requests += 1)),
    ),
  );
  const outcome = await verifyAt(gateway.url, issuer, { concurrency: 1 });
  expect(exitCodeOf(outcome)).toBe(3);
  expect(outcome.data?.['stoppedHosts']).toEqual([host]);
  expect(requests).toBeLessThan(40);
});

test('a target that dies silently, by refusing everything, is found by the control at the end', async () => {
  const gateway = started(await startGateway(issuer, afterRequests(10, { status: 403, type: 'text/plain', body: 'RBAC: access denied' })));
  const outcome = await verifyAt(gateway.url, issuer, { concurrency: 1, profile: 'smoke', only: ['GET */orders'] });
  expect(byId(outcome, 'protected').map(({ message }) => message)).toEqual(['undecided: the control failed at the end of the run']);
  expect(byId(outcome, 'closed-to-anonymous').map(({ status }) => status)).toEqual(['error']);
  expect(exitCodeOf(outcome)).toBe(3);
});

test('a crash on one attack beside a fine control is a warning about robustness', async () => {
  const gateway = started(
    await startGateway(issuer, () => ({
      bypass: ({ query }) => query.has('access_token'),
      workload: ({ query, path }) => (query.has('access_token') ? { status: 500 } : { status: 200, body: `${path} of Ada` }),
    })),
  );
  const outcome = await verifyAt(gateway.url, issuer);
  expect(byId(outcome, 'query-token').map(({ status, severity }) => `${status} ${severity}`)).toEqual(['warn low', 'warn low']);
  expect(exitCodeOf(outcome)).toBe(0);
});

function afterRequests(count: number, reply: { status: number; type?: string; body?: string }, onRequest = (): void => undefined) {
  let seen = 0;
  return (sound: Parameters<Parameters<typeof startGateway>[1]>[0]) => ({
    normalize(path: string) {
      onRequest();
      seen += 1;
      return path;
    },
    route: (request: Parameters<typeof sound.route>[0]) => (seen > count ? ('none' as const) : sound.route(request)),
    refuse: (reason: Parameters<typeof sound.refuse>[0]) => (seen > count ? reply : sound.refuse(reason)),
  });
}

test.each([
  ['a crash, which lets nobody in, leaves the claim proven', 500, 'pass', 0],
  ['a closed connection, which says nothing, leaves it undecided', 0, 'error', 3],
  ['throttling, which says nothing, leaves it undecided', 429, 'error', 3],
])('when one hostile token meets %s', async (_, status, claim, code) => {
  const change: Change = (sound) => ({
    verify: async (token) => (token.endsWith('.') ? {} : sound.verify(token)),
    authorize: (claims) => Object.keys(claims).length === 0 || sound.authorize(claims),
    workload: (request) => (request.headers.authorization?.endsWith('.') ? { status } : sound.workload(request)),
  });
  const outcome = await verifyAt(started(await startGateway(issuer, change)).url, issuer, { only: [`GET ${host}/orders`] });
  expect(byId(outcome, 'signature-stripped').map((result) => result.status)).toEqual(['warn']);
  expect(byId(outcome, 'protected').map((result) => result.status)).toEqual([claim]);
  expect(exitCodeOf(outcome)).toBe(code);
});
