import { exitCodeOf } from '../../src/cli/exit-code';
import { OutOfScopeError } from '../../src/model/errors';
import { parseCredentials } from '../../src/token/parse-credentials';
import { startGateway, type Change } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import type { VerifyOptions } from '../../src/verify/verify-input';
import { serve, type RunningServer } from '../support/http-server';
import {
  byId,
  createDeploymentKeys,
  host,
  manifestFor,
  manifestOf,
  raisedBy,
  verifyAt,
  type DeploymentKeys,
} from '../support/verify-deployment';

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

test('a wait ends when the deployment is ready, and only then is it judged', async () => {
  let seen = 0;
  const gateway = started(
    await startGateway(issuer, (sound) => ({ route: (request) => ((seen += 1) > 12 ? sound.route(request) : 'none') })),
  );
  const outcome = await verifyAt(gateway.url, issuer, { waitMs: 60_000 });
  expect(exitCodeOf(outcome)).toBe(0);
});

test('a wait that is over says so, and what stands there is judged', async () => {
  const gateway = started(await startGateway(issuer, () => ({ bypass: () => true })));
  const outcome = await verifyAt(gateway.url, issuer, { waitMs: 1 });
  expect(outcome.data?.['notes']).toContain('The target was not ready within --wait; it was judged as it is');
  expect(exitCodeOf(outcome)).toBe(1);
});

test('a wait ends at once when the run is stopped', async () => {
  const stop = new AbortController();
  let seen = 0;
  const stopSoon = (): 'none' => {
    seen += 1;
    if (seen > 6) stop.abort();
    return 'none';
  };
  const gateway = started(await startGateway(issuer, () => ({ route: stopSoon })));
  const tools = { signal: stop.signal };
  expect(exitCodeOf(await verifyAt(gateway.url, issuer, { waitMs: 600_000 }, undefined, tools))).not.toBe(0);
});

test('an attack that cannot be made, because the keys of the issuer cannot be read, leaves the claim undecided', async () => {
  const gateway = started(await startGateway(issuer));
  const hidden = { ...issuer, jwksUri: `${issuer.url}/no-keys-here` };
  const outcome = await verifyAt(gateway.url, issuer, { only: [`GET ${host}/orders`] }, manifestFor(hidden));
  expect(byId(outcome, 'control').map(({ status }) => status)).toEqual(['pass']);
  expect(byId(outcome, 'hmac-public-key').map(({ status }) => status)).toEqual(['skip']);
  expect(byId(outcome, 'protected').map(({ status, message }) => `${status} ${message.slice(0, 43)}`)).toEqual([
    'error undecided: hmac-public-key could not be tri',
  ]);
});

test('a rule that asks for tokens and trusts no issuer is a problem, and not proven', async () => {
  const gateway = started(await startGateway(issuer));
  const rule = manifestFor(issuer).replace(/"jwt":\{.*?\]\}(?=\},\{)/, '"jwt":{}');
  const outcome = await verifyAt(gateway.url, issuer, { only: [`GET ${host}/orders`] }, rule);
  expect(byId(outcome, 'jwt-issuer').map(({ status }) => status)).toEqual(['fail']);
  expect(byId(outcome, 'protected').map(({ status }) => status)).toEqual(['error']);
  expect(exitCodeOf(outcome)).toBe(1);
});

test('a route that is not answered is not accepted, though its host answers elsewhere', async () => {
  const gateway = started(
    await startGateway(issuer, (sound) => ({
      refuse: (reason) => (reason === 'unknown' ? sound.refuse(reason) : { status: 0 }),
      authorize: () => false,
    })),
  );
  const outcome = await verifyAt(gateway.url, issuer, { acceptUndecided: ['*'], only: [`GET ${host}/orders`] });
  expect(byId(outcome, 'protected').map(({ status }) => status)).toEqual(['error']);
  expect(exitCodeOf(outcome)).toBe(3);
});

test('a catch-all behind an external authorizer that is open to everybody fails', async () => {
  const gateway = started(
    await startGateway(issuer, () => ({ route: () => 'public', workload: () => ({ status: 200, body: 'orders of Ada' }) })),
  );
  const rule = manifestFor(issuer).replace(
    /"rules":.*\]/,
    '"rules":[{"path":"/*","methods":["GET"],"extAuth":{"authorizers":["oauth2-proxy"]}}]',
  );
  const outcome = await verifyAt(gateway.url, issuer, {}, rule);
  expect(raisedBy(outcome)).toEqual(['closed-to-anonymous', 'no-token', 'protected']);
});

test('rules that an earlier one takes are a warning when they are public, and can be accepted when they are not', async () => {
  const gateway = started(await startGateway(issuer));
  const rules = manifestOf(
    (jwt) => [
      { path: '/orders', methods: ['GET'], jwt },
      { path: '/{**}', methods: ['GET'], jwt },
      { path: '/healthz', methods: ['GET'], noAuth: true },
      { path: '/late', methods: ['GET'], jwt },
    ],
    issuer,
  );
  const options = { skip: [`GET ${host}/{**}`] };
  const plain = await verifyAt(gateway.url, issuer, options, rules);
  const found = ({ results }: typeof plain): string[] =>
    results.filter(({ message }) => message.startsWith('no path was found')).map(({ id, status }) => `${id} ${status}`);
  expect([found(plain), exitCodeOf(plain)]).toEqual([['public-open warn', 'protected error'], 3]);
  const accepted = await verifyAt(gateway.url, issuer, { ...options, acceptUndecided: ['*'] }, rules);
  expect([found(accepted), exitCodeOf(accepted)]).toEqual([['public-open warn', 'protected skip'], 0]);
});

test('an input of dead versions only has its finding, and nothing is sent', async () => {
  const outcome = await verifyAt(
    'http://127.0.0.1:1',
    issuer,
    {},
    manifestFor(issuer).replace('kyma-project.io/v2', 'kyma-project.io/v1beta1'),
  );
  expect(outcome.results.map(({ id, status }) => `${id} ${status}`)).toEqual(['api-rule-dead-version fail']);
  expect(exitCodeOf(outcome)).toBe(1);
});

function clients(count: number): VerifyOptions {
  const key = { ...(JSON.parse(serviceKey(issuer, 'stranger')) as object) };
  const named = Array.from({ length: count }, (_, at) => ({ label: `client ${at + 1}`, clientid: `client-${at + 1}` }));
  return {
    denied: named.map(({ label, clientid }) => ({ label, credentials: parseCredentials(JSON.stringify({ ...key, clientid }), label) })),
  };
}

test.each(['smoke', 'standard', 'full'] as const)(
  'every client that must be refused is tried in profile %s, the fourth one, too',
  async (profile) => {
    const gateway = started(
      await startGateway(issuer, (sound) => ({ authorize: (claims) => claims.sub === 'client-4' || sound.authorize(claims) })),
    );
    const outcome = await verifyAt(gateway.url, issuer, { ...clients(4), profile, only: [`GET ${host}/orders`] });
    expect(raisedBy(outcome)).toEqual(['denied-client', 'protected']);
  },
);

test('clients whose tokens cannot be had leave the claim undecided, each by its name', async () => {
  const named = clients(2).denied?.map(({ label, credentials }) => ({
    label,
    credentials: { ...credentials, tokenEndpoint: `${issuer.url}/nowhere` },
  }));
  const gateway = started(await startGateway(issuer));
  const outcome = await verifyAt(gateway.url, issuer, { denied: named ?? [], only: [`GET ${host}/orders`] });
  expect(byId(outcome, 'denied-client').map(({ status }) => status)).toEqual(['error']);
  expect(byId(outcome, 'denied-client')[0]?.message).toMatch(/client 1: .*client 2: /);
  expect(byId(outcome, 'protected').map(({ status }) => status)).toEqual(['error']);
  expect(exitCodeOf(outcome)).toBe(3);
});

test('a rule behind an external authorizer is undecided: no hostile token can be tried', async () => {
  const gateway = started(await startGateway(issuer));
  const rule = manifestFor(issuer).replace(/"jwt":(\{.*?\]\})(?=\},\{)/, '"extAuth":{"authorizers":["oauth2-proxy"],"restrictions":$1}');
  const outcome = await verifyAt(gateway.url, issuer, {}, rule);
  expect(byId(outcome, 'closed-to-anonymous').map(({ status }) => status)).toEqual(['pass', 'pass']);
  expect(byId(outcome, 'protected').map(({ status, message }) => `${status} ${message}`)).toEqual(
    Array(2).fill('error undecided: no hostile token was tried'),
  );
});
