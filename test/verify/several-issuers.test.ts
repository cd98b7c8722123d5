import { exitCodeOf } from '../../src/cli/exit-code';
import { issuerAddresses } from '../../src/token/issuer-addresses';
import { parseCredentials } from '../../src/token/parse-credentials';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { checkSigned, readClaims } from '../gateways/token-verifier';
import type { RunningServer } from '../support/http-server';
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

function bothIssuers(second: TestIssuer) {
  return {
    issuers: issuerAddresses([issuer, second].map(({ issuer: name, url }) => [name, url] as const)),
    credentials: [issuer, second].map((one) => parseCredentials(serviceKey(one, 'good'), 'good.json')),
    denied: [],
  };
}

function manifestOfBoth(second: TestIssuer): string {
  const rule = JSON.parse(manifestFor(issuer)) as { spec: { rules: { jwt?: { authentications: unknown[] } }[] } };
  rule.spec.rules[0]?.jwt?.authentications.push({ issuer: second.issuer, jwksUri: second.jwksUri });
  return JSON.stringify(rule);
}

test('the second issuer still opens while the first is down', async () => {
  const second = started(await startIssuer(keys.hidden));
  const gateway = started(
    await startGateway(issuer, (sound, _) => ({
      verify: async (token) => (await sound.verify(token)) ?? (await checkSigned(token, second)),
    })),
  );
  await open.splice(open.indexOf(issuer), 1)[0]?.close();
  const outcome = await verifyAt(gateway.url, issuer, bothIssuers(second), manifestOfBoth(second));
  const protectedBy = byId(outcome, 'protected').map(
    ({ status, route }) => `${route?.issuer === second.issuer ? 'second' : 'first'} ${status}`,
  );
  expect(protectedBy).toEqual(['first error', 'second pass', 'first error', 'second pass']);
});

describe('of two issuers one has no credentials', () => {
  test.each([
    [false, 'skip', 0],
    [true, 'fail', 1],
  ])('it is named, and with --require-all-issuers it fails (%s)', async (requireAllIssuers, status, code) => {
    const second = started(await startIssuer(keys.hidden));
    const gateway = started(
      await startGateway(issuer, (sound) => ({
        verify: async (token) => (await sound.verify(token)) ?? (await checkSigned(token, second)),
      })),
    );
    const { credentials, ...options } = bothIssuers(second);
    const given = { ...options, credentials: credentials.slice(0, 1), requireAllIssuers, only: [`GET ${host}/orders`] };
    const outcome = await verifyAt(gateway.url, issuer, given, manifestOfBoth(second));
    const named = byId(outcome, 'issuer-credentials').map((result) => [result.status, result.message.split(': ')[0]]);
    expect([named, exitCodeOf(outcome)]).toEqual([[[status, second.issuer]], code]);
    expect(byId(outcome, 'protected').map((result) => result.status)).toEqual(['pass', 'skip']);
  });

  test('what gets in by its name fails all the same', async () => {
    const second = started(await startIssuer(keys.hidden));
    const gateway = started(
      await startGateway(issuer, (sound) => ({
        verify: async (token) => (await sound.verify(token)) ?? readClaims(token, second),
        authorize: (claims) => claims.iss === second.issuer || sound.authorize(claims),
      })),
    );
    const { credentials, ...options } = bothIssuers(second);
    const given = { ...options, credentials: credentials.slice(0, 1), only: [`GET ${host}/orders`] };
    const outcome = await verifyAt(gateway.url, issuer, given, manifestOfBoth(second));
    expect(byId(outcome, 'protected').map(({ route, status }) => [route?.issuer === second.issuer, status])).toEqual([
      [false, 'pass'],
      [true, 'fail'],
    ]);
  });

  test('a rule none of whose issuers has any is undecided', async () => {
    const gateway = started(await startGateway(issuer));
    const outcome = await verifyAt(gateway.url, issuer, { credentials: [], only: [`GET ${host}/orders`] });
    expect([...byId(outcome, 'issuer-credentials'), ...byId(outcome, 'protected')].map(({ status }) => status)).toEqual(['skip', 'error']);
    expect(exitCodeOf(outcome)).toBe(3);
  });
});

test('a gateway that does not tie a key to its issuer is found when the keys of two issuers are given', async () => {
  const second = started(await startIssuer(keys.hidden));
  const gateway = started(
    await startGateway(issuer, () => ({
      verify: async (token) => {
        const claims = (await checkSigned(token, issuer, { iss: true })) ?? (await checkSigned(token, second, { iss: true }));
        return [issuer.issuer, second.issuer].includes(String(claims?.iss)) ? claims : undefined;
      },
    })),
  );
  const signingKeys = { byIssuer: new Map([issuer, second].map((one) => [one.issuer, [one.key]] as const)), others: [] };
  const outcome = await verifyAt(gateway.url, issuer, { ...bothIssuers(second), signingKeys }, manifestOfBoth(second));
  expect(raisedBy(outcome)).toEqual(['protected', 'wrong-issuer']);
});

test('every result of a run can be told apart', async () => {
  const second = started(await startIssuer(keys.hidden));
  const gateway = started(await startGateway(issuer));
  const { results } = await verifyAt(gateway.url, issuer, bothIssuers(second), manifestOfBoth(second));
  const prints = results.map(({ fingerprint }) => fingerprint);
  expect(new Set(prints).size).toBe(prints.length);
});
