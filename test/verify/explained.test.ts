import type { Baseline } from '../../src/verify/baseline';
import type { VerifyOptions } from '../../src/verify/verify-input';
import type { CheckResult } from '../../src/model/check-result';
import { json, ordersWorkload, startGateway, type Change, type SeenRequest } from '../gateways/gateway';
import { startIssuer, type TestIssuer } from '../gateways/issuer';
import { readsOnly } from '../support/verify-report';
import { byId, createDeploymentKeys, verifyAt } from '../support/verify-deployment';

let issuer: TestIssuer;
const only = ['GET */orders'];

beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
});
afterAll(() => issuer.close());

async function resultsOf(
  changes: readonly Change[],
  options: VerifyOptions = {},
): Promise<{ results: readonly CheckResult[]; baseline?: Baseline }> {
  const gateway = await startGateway(issuer, ...changes);
  try {
    return await verifyAt(gateway.url, issuer, { only, ...options });
  } finally {
    await gateway.close();
  }
}

/** Help pages below the protected path, open to everybody. */
const helpPages: Change = (sound) => ({
  route: (request) => (isHelp(request) ? 'public' : sound.route(request)),
  workload: (request) => (isHelp(request) ? json(200, { help: 'how to order' }) : ordersWorkload(request)),
});

function isHelp({ path }: SeenRequest): boolean {
  return /^\/orders\/[a-z]/.test(path);
}

/** And the protected content itself, behind a slash. */
const behindSlash: Change = (sound) => ({
  route: (request) => (request.path === '/orders/' ? 'public' : sound.route(request)),
});

const statuses = ({ results }: { results: readonly CheckResult[] }, id: string): (readonly string[])[] =>
  byId({ results }, id).map(({ status, severity }) => [status, severity]);

test('what explains a worse breach is as bad as that', async () => {
  expect(statuses(await resultsOf([helpPages]), 'path-not-exposed')).toEqual([['fail', 'high']]);
  const both = await resultsOf([helpPages, behindSlash]);
  expect([statuses(both, 'path-not-exposed'), statuses(both, 'path-spelling')]).toEqual([[['fail', 'critical']], [['skip', 'critical']]]);
});

test('who accepted a breach has not accepted a worse one that it explains', async () => {
  const { baseline } = await resultsOf([helpPages], { baseline: { accepted: [] }, baselineUse: 'update' });
  const same = await resultsOf([helpPages], { baseline: baseline! });
  expect(same.results.filter(({ status }) => status === 'fail')).toEqual([]);
  const worse = await resultsOf([helpPages, behindSlash], { baseline: baseline! });
  const failed = worse.results.filter(({ status }) => status === 'fail').map(({ id }) => id);
  expect(failed.toSorted()).toEqual(['closed-to-anonymous', 'path-not-exposed', 'protected']);
});

test('that tokens are not verified does not explain how somebody without one got in', async () => {
  const results = await resultsOf([readsOnly, () => ({ bypass: ({ query }) => query.has('access_token') })]);
  expect(['foreign-key', 'query-token', 'closed-to-anonymous'].map((id) => statuses(results, id)[0]?.[0])).toEqual([
    'fail',
    'fail',
    'fail',
  ]);
});
