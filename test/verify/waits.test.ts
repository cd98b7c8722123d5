import { exitCodeOf } from '../../src/cli/exit-code';
import { startGateway } from '../gateways/gateway';
import { startIssuer, type TestIssuer } from '../gateways/issuer';
import type { RunningServer } from '../support/http-server';
import { createDeploymentKeys, verifyAt, type DeploymentKeys } from '../support/verify-deployment';

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

test('a wait ends when the deployment is ready, and only then is it judged', async () => {
  let seen = 0;
  const gateway = started(
    await startGateway(issuer, (sound) => ({ route: (request) => ((seen += 1) > 12 ? sound.route(request) : 'none') })),
  );
  const outcome = await verifyAt(gateway.url, issuer, { waitMs: 600_000 });
  expect(exitCodeOf(outcome)).toBe(0);
});

test('a wait without a good token ends when strangers are refused', async () => {
  let seen = 0;
  const gateway = started(
    await startGateway(issuer, (sound) => ({ route: (request) => ((seen += 1) > 12 ? sound.route(request) : 'none') })),
  );
  const outcome = await verifyAt(gateway.url, issuer, { waitMs: 600_000, credentials: [], only: ['GET */orders'] });
  expect(outcome.data?.['notes']).not.toContain('The target was not ready within --wait; it was judged as it is');
  expect(outcome.results.filter(({ id }) => id === 'closed-to-anonymous').map(({ status }) => status)).toEqual(['pass']);
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
