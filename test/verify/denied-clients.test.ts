import { UsageError } from '../../src/model/errors';
import { parseCredentials } from '../../src/token/parse-credentials';
import { startGateway, type Change } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { byId, createDeploymentKeys, host, manifestOf, verifyAt } from '../support/verify-deployment';
import type { VerifyOptions } from '../../src/verify/verify-input';
import type { CheckResult } from '../../src/model/check-result';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
});
afterAll(() => issuer.close());

function named(...labels: readonly string[]): VerifyOptions {
  const key = JSON.parse(serviceKey(issuer, 'stranger')) as object;
  return {
    denied: labels.map((label) => ({ label, credentials: parseCredentials(JSON.stringify({ ...key, clientid: label }), `${label}.json`) })),
    only: [`GET ${host}/orders`],
  };
}

async function finding(id: string, change: Change, options: VerifyOptions, manifest?: string): Promise<CheckResult | undefined> {
  const gateway = await startGateway(issuer, change);
  try {
    return byId(await verifyAt(gateway.url, issuer, options, manifest), id)[0];
  } finally {
    await gateway.close();
  }
}

const knowsOther: Change = (sound) => ({ authorize: (claims) => claims.sub === 'other' || sound.authorize(claims) });
const comparesNothing: Change = () => ({ authorize: () => true });

test('names the one client that got in, and what its token lacks', async () => {
  const result = await finding('denied-client', knowsOther, named('stranger', 'other'));
  expect(result?.message).toBe('A client that must be refused gets in with its own valid token. (other)');
  expect(result?.reason).toMatch(/the token of other lacks the audience orders!t1 and the scope orders!t1\.Read$/);
  expect(result?.reason).not.toContain('stranger');
});

test('a rule that asks for audience and scopes is not to be edited', async () => {
  const result = await finding('denied-client', comparesNothing, named('stranger'));
  expect(result?.fix).toMatch(
    /^The rule asks for audience .*, scope .*, and what the token lacks of it is not compared\. Check that the APIRule is Ready/,
  );
});

test('a rule that asks for nothing is', async () => {
  const manifest = manifestOf((jwt) => [{ path: '/orders', methods: ['GET'], jwt: { ...jwt, authorizations: undefined } }], issuer);
  const result = await finding('denied-client', comparesNothing, named('stranger'), manifest);
  expect(result?.fix).toMatch(/^Give the rule the audience or the scopes/);
});

test.each(['wrong-audience', 'wrong-scope'])('a client that gets in does not hide %s, which says why', async (id) => {
  expect((await finding(id, comparesNothing, named('stranger')))?.status).toBe('fail');
});

test('a client cannot be good and denied at once', async () => {
  const credentials = parseCredentials(serviceKey(issuer, 'good'), 'oops.json');
  const run = finding('denied-client', comparesNothing, { denied: [{ label: 'oops', credentials }] });
  await expect(run).rejects.toThrow(UsageError);
  await expect(run).rejects.toThrow('--deny-credentials oops is the client of --credentials');
});
