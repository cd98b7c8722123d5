import type { Change } from '../gateways/gateway';
import { byId, createDeploymentKeys, verifyDeployment, type DeploymentKeys } from '../support/verify-deployment';

let keys: DeploymentKeys;

beforeAll(async () => {
  keys = await createDeploymentKeys();
});

/** Switches to HTTP/2 in clear text for whoever asks, as servers do that speak it. */
const switching: Change = (sound) => ({
  bypass: ({ headers }) => headers.upgrade === 'h2c',
  workload: (request) =>
    request.headers.upgrade === 'h2c' ? { status: 101, headers: { connection: 'Upgrade', upgrade: 'h2c' } } : sound.workload(request),
});

const strangersIn: Change = () => ({ bypass: () => true });

test.each([
  ['speaks it itself and refuses strangers there', [], 'warn', 'pass'],
  ['lets strangers in there', [strangersIn], 'fail', 'fail'],
  ['does not speak it itself', undefined, 'fail', 'fail'],
] as const)('a switch to HTTP/2 by a target that %s', async (_, http2, upgrade, closed) => {
  const deployment = { name: 'one that switches to HTTP/2', gateway: [switching], ...(http2 && { http2 }) };
  const outcome = await verifyDeployment(deployment, keys, { profile: 'full', only: ['GET */orders'], families: ['routing'] });
  expect(byId(outcome, 'protocol-upgrade').map(({ status }) => status)).toEqual([upgrade]);
  expect(byId(outcome, 'closed-to-anonymous').map(({ status }) => status)).toEqual([closed]);
});
