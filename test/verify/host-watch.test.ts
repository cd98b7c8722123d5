import { exitCodeOf } from '../../src/cli/exit-code';
import type { VerbOutcome } from '../../src/model/verb-outcome';
import type { VerifyOptions } from '../../src/verify/verify-input';
import { startGateway, type Reply, type SeenRequest } from '../gateways/gateway';
import { startIssuer, type TestIssuer } from '../gateways/issuer';
import { timeOut, withTimeoutsHeld } from '../support/held-timeouts';
import { byId, createDeploymentKeys, host, raisedBy, verifyAt } from '../support/verify-deployment';

let issuer: TestIssuer;
let seen: SeenRequest[];
beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
});
beforeEach(() => {
  seen = [];
});
afterAll(() => issuer.close());

const banned: Reply = { status: 403, type: 'text/plain', body: 'RBAC: access denied' };
const isHostile = ({ headers, query }: SeenRequest): boolean => headers.authorization?.startsWith('Bearer ey') !== true || query.size > 0;

/** Verifies `GET /orders` before a gateway that answers some requests in its own way; they are counted from 1. */
async function verifyBehind(
  instead: (count: number, request: SeenRequest) => Reply | 'silence' | undefined,
  options: VerifyOptions = {},
): Promise<VerbOutcome> {
  let reply: Reply | 'silence' | undefined;
  const gateway = await startGateway(issuer, (sound) => ({
    route(request) {
      seen.push(request);
      reply = instead(seen.length, request);
      return reply === undefined ? sound.route(request) : 'none';
    },
    refuse(reason) {
      if (reply === 'silence') timeOut();
      return reply === undefined ? sound.refuse(reason) : reply === 'silence' ? { status: -1 } : reply;
    },
  }));
  try {
    return await withTimeoutsHeld(() => verifyAt(gateway.url, issuer, { concurrency: 1, only: [`GET ${host}/orders`], ...options }));
  } finally {
    await gateway.close();
  }
}

function verdicts(outcome: VerbOutcome): string[] {
  return ['closed-to-anonymous', 'protected'].flatMap((id) => byId(outcome, id).map(({ status, message }) => `${status} ${message}`));
}

test('a ban that begins and ends under the run is found, and what was refused meanwhile proves nothing', async () => {
  const outcome = await verifyBehind((count) => (count > 12 && count < 27 ? banned : undefined));
  expect(verdicts(outcome)).toEqual(Array(2).fill('error undecided: the control failed under the attacks'));
  expect([exitCodeOf(outcome), raisedBy(outcome), outcome.data?.['stoppedHosts']]).toEqual([3, [], []]);
});

test('one hiccup of the control is no ban', async () => {
  const outcome = await verifyBehind((count) => (count === 26 ? { status: 503 } : undefined));
  expect(verdicts(outcome).map((line) => line.slice(0, 4))).toEqual(['pass', 'pass']);
});

test('a prober that is shut out by refusals stops, and says why', async () => {
  const outcome = await verifyBehind((count) => (count > 12 ? banned : undefined), { profile: 'full' });
  expect(outcome.data?.['notes']).toContain(
    `${host} refuses the good token since the attacks began; after three signs nothing more was sent to it`,
  );
  expect([exitCodeOf(outcome), raisedBy(outcome), seen.length < 40]).toEqual([3, [], true]);
});

test.each([
  ['throttles', { status: 429 }],
  ['throttles', { status: 503, headers: { 'retry-after': '5' } }],
  ['stopped answering', 'silence'],
] as const)('a target that lets only the good token through and %s otherwise is given up after three attacks (%j)', async (why, reply) => {
  const outcome = await verifyBehind((count, request) => (count > 6 && isHostile(request) ? reply : undefined));
  expect(outcome.data?.['notes']).toContain(`${host} ${why}; after three signs nothing more was sent to it`);
  expect(verdicts(outcome).map((line) => line.slice(0, 5))).toEqual(['error', 'error']);
  expect([exitCodeOf(outcome), byId(outcome, 'protected').length, seen.length < 30]).toEqual([3, 1, true]);
});

test('one result says first why a host was given up, and what is undecided because of it refers to it', async () => {
  const outcome = await verifyBehind((count, request) => (count > 6 && isHostile(request) ? { status: 429 } : undefined), {
    only: [`GET ${host}/*`],
  });
  const [first, ...others] = outcome.results;
  const errors = others.filter(({ status }) => status === 'error');
  expect([first?.id, first?.status, first?.fix]).toEqual(['target-stopped', 'error', expect.stringContaining('--rate')]);
  expect(first?.message).toBe(
    `${host} throttles; after three signs nothing more was sent to it, and ${errors.length} results are undecided`,
  );
  expect(byId(outcome, 'target-stopped')).toHaveLength(1);
  expect(errors.filter(({ fix }) => fix?.includes('address of the target'))).toEqual([]);
  const open = byId(outcome, 'public-open')[0];
  expect([open?.message, open?.fix]).toEqual([
    'no usable answer (no answer: nothing more is sent to this host, see target-stopped)',
    'target-stopped of this host says what to do.',
  ]);
});

test('a finding before the target gave up stays a finding', async () => {
  const outcome = await verifyBehind((count, request) =>
    count > 12
      ? banned
      : request.headers.authorization === undefined && request.path === '/orders'
        ? { status: 200, body: 'orders of Ada' }
        : undefined,
  );
  expect([byId(outcome, 'no-token')[0]?.status, exitCodeOf(outcome)]).toEqual(['fail', 1]);
});

test('failed-tokens counts the bad tokens that this host got, not every request', async () => {
  const outcome = await verifyBehind(() => undefined, { profile: 'full' });
  const bad = seen.filter(({ headers }) => headers.authorization !== undefined).length;
  const told = Number(/after (\d+) bad tokens/.exec(byId(outcome, 'failed-tokens')[0]?.reason ?? '')?.[1]);
  expect(told).toBeGreaterThan(30);
  expect(told).toBeLessThanOrEqual(bad);
});
