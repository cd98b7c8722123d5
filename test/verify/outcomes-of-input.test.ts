import { exitCodeOf } from '../../src/cli/exit-code';
import { parseCredentials } from '../../src/token/parse-credentials';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import type { VerifyOptions } from '../../src/verify/verify-input';
import type { RunningServer } from '../support/http-server';
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
