import { exitCodeOf } from '../../src/cli/exit-code';
import { parseCredentials } from '../../src/token/parse-credentials';
import type { VerifyOptions } from '../../src/verify/verify-input';
import { issuerAddresses } from '../../src/token/issuer-addresses';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer, type IssuerDefect, type TestIssuer } from '../gateways/issuer';
import { hostileAnswers } from '../support/hostile-server';
import { withTimeoutsHeld } from '../support/held-timeouts';
import { serve, type RunningServer } from '../support/http-server';
import { byId, createDeploymentKeys, host, manifestFor, raisedBy, verifyAt, type DeploymentKeys } from '../support/verify-deployment';

let keys: DeploymentKeys;
let issuer: TestIssuer;
const open: RunningServer[] = [];
beforeAll(async () => {
  keys = await createDeploymentKeys();
  issuer = await startIssuer(keys.issuer);
});
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));
afterAll(() => issuer.close());

async function kept<T extends RunningServer>(server: Promise<T>): Promise<T> {
  open.push(await server);
  return server;
}

const only = [`GET ${host}/orders`];

async function verifyIssuer(defect: IssuerDefect, options: VerifyOptions = {}) {
  const own = await kept(startIssuer(keys.issuer, defect));
  const gateway = await kept(startGateway(own));
  return verifyAt(gateway.url, own, { only, ...options }, manifestFor(own));
}

test('a token of somebody else’s issuer is named, and proves nothing', async () => {
  const outcome = await verifyIssuer({ claims: { iss: 'https://somebody.example/oauth/token' } });
  expect(raisedBy(outcome)).toEqual(['token-issuer']);
  expect([byId(outcome, 'protected')[0]?.status, exitCodeOf(outcome)]).toEqual(['error', 1]);
});

test('a key set of 10,000 keys is not searched, and leaves the claim undecided', async () => {
  const start = performance.now();
  const outcome = await verifyIssuer({ keys: ([key]) => Array.from({ length: 10_000 }, (_, i) => ({ ...key!, kid: `key-${i}` })) });
  expect([byId(outcome, 'protected')[0]?.status, exitCodeOf(outcome)]).toEqual(['error', 3]);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('keys that are none are told, and crash nothing', async () => {
  const odd = [
    { kty: 'RSA', kid: 'short', use: 'enc', n: 'AQAB', e: 'AQAB' },
    { kty: 'RSA', kid: 'even', use: 'enc', n: Buffer.alloc(256, 2).toString('base64url'), e: 'Ag' },
    { kty: 'RSA', kid: 'cube', use: 'sig', n: 'A'.repeat(200_000), e: 'Aw' },
    { kty: 'RSA', kid: 'nothing', use: 'enc' },
    {
      kty: 'EC',
      kid: 'off',
      use: 'enc',
      crv: 'P-256',
      x: Buffer.alloc(32, 1).toString('base64url'),
      y: Buffer.alloc(32, 1).toString('base64url'),
    },
    { kty: 'EC', kid: 'numbers', use: 'enc', crv: 'P-256', x: 'AQ', y: '!' },
    { kty: 'OKP', kid: 'curve', use: 'enc', crv: 'X25519', x: 'AA' },
  ];
  const start = performance.now();
  const families = ['signature', 'header'] as const;
  const outcome = await verifyIssuer({ keys: (sound) => [...sound, ...odd] }, { profile: 'full', families });
  expect([raisedBy(outcome), byId(outcome, 'protected')[0]?.status]).toEqual([['issuer-keys'], 'pass']);
  expect(performance.now() - start).toBeLessThan(20_000);
});

test('an opaque token is no token that a gateway can check', async () => {
  const opaque = await kept(
    serve((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"opaque-1234567890"}')),
  );
  const gateway = await kept(startGateway(issuer));
  const credentials = [
    parseCredentials(JSON.stringify({ ...(JSON.parse(serviceKey(issuer, 'good')) as object), token_url: opaque.url }), 'good'),
  ];
  const outcome = await verifyAt(gateway.url, issuer, { only, credentials, issuers: new Map() });
  expect([raisedBy(outcome), byId(outcome, 'control')[0]?.reason, exitCodeOf(outcome)]).toEqual([[], expect.stringContaining('opaque'), 3]);
});

test('a token endpoint that answers with a page gives no token', async () => {
  const page = await kept(serve((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>')));
  const gateway = await kept(startGateway(issuer));
  const credentials = [
    parseCredentials(JSON.stringify({ ...(JSON.parse(serviceKey(issuer, 'good')) as object), token_url: page.url }), 'good'),
  ];
  const outcome = await verifyAt(gateway.url, issuer, { only, credentials, issuers: new Map() });
  expect([raisedBy(outcome), byId(outcome, 'control')[0]?.reason, exitCodeOf(outcome)]).toEqual([[], expect.stringContaining('HTML'), 3]);
});

/** A target of the table that stands at the place of the issuer, before a sound gateway. */
test.each(Object.keys(hostileAnswers))('without the issuer nothing can be said, if it %s', async (name) => {
  const bad = await kept(hostileAnswers[name]!());
  const gateway = await kept(startGateway(issuer));
  const key = { ...(JSON.parse(serviceKey(issuer, 'good')) as object), url: bad.url, token_url: `${bad.url}/oauth/token` };
  const options: VerifyOptions = {
    ...{ only, profile: 'smoke', denied: [] },
    issuers: issuerAddresses([[issuer.issuer, bad.url]]),
    credentials: [parseCredentials(JSON.stringify(key), 'good')],
  };
  const outcome = await withTimeoutsHeld(() => verifyAt(gateway.url, issuer, options));
  expect(raisedBy(outcome).filter((id) => !id.startsWith('issuer-'))).toEqual([]);
  expect(byId(outcome, 'protected').map(({ status }) => status)).toEqual(['error']);
  expect(exitCodeOf(outcome)).not.toBe(0);
});
