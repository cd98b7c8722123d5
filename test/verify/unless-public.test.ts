import type { Endpoint, Sibling } from '../../src/verify/endpoint';
import { factsOf, type Facts } from '../../src/verify/answer-facts';
import { calibrationOf } from '../../src/verify/calibration';
import { judge } from '../../src/verify/judge';
import { unlessPublic } from '../../src/verify/unless-public';

const rules = { refusals: [], evidence: 'control', emptyIsHarmless: false, intent: 'public' } as const;
const says = (value: unknown): Facts =>
  factsOf(
    {
      ...{ kind: 'answer', status: 200, body: Buffer.from(JSON.stringify(value)), truncated: false, ms: 1 },
      headers: { 'content-type': 'application/json' },
    },
    'GET',
  );
const orders = says({ path: '/orders', rows: [{ of: 'bolt', amount: 12 }] });
const health = says({ path: '/health', rows: [{ of: 'disk', amount: 7 }] });
const refusal: Facts = { kind: 'failure', reason: 'reset' };
const calibration = {
  ...calibrationOf({ good: [orders, orders], none: refusal, garbage: refusal, marked: false }),
  control: 'proven' as const,
};

const jwt: Sibling = { methods: ['GET'], intent: 'jwt', matches: (path) => path === '/orders' };
const open = (matches: Sibling['matches']): Sibling => ({ methods: ['GET'], intent: 'public', matches });
const at = (siblings: readonly Sibling[]): Endpoint => ({
  host: 'a.example',
  method: 'GET',
  path: '/orders',
  samplePath: '/orders',
  intent: 'jwt',
  workload: 'a/b',
  hints: {},
  siblings,
  where: {},
});

test.each([
  ['/health#/orders', 'the content of the public path', health, health, 'refused', ['/health']],
  ['/health#/orders', 'the protected content', orders, health, 'breach', ['/health']],
  ['/orders%2e', 'the protected content, as its other spelling does', orders, orders, 'breach', []],
  ['/health', 'what only has the form of the protected content', health, health, 'refused', []],
  ['/health', 'the protected content', orders, orders, 'breach', []],
] as const)('%s that gets %s', async (path, _, answer, plain, kind, asked) => {
  const seen: (string | undefined)[] = [];
  const verdict = await unlessPublic(
    judge(answer, calibration, rules),
    {
      attempt: { variant: 'any', credential: { kind: 'none' }, path },
      endpoint: at([jwt, open((one) => one === '/health' || one.startsWith('/orders.'))]),
      calibration,
    },
    (attempt) => {
      seen.push(attempt.path);
      return Promise.resolve({ facts: plain });
    },
    (less) => judge(answer, less, rules),
  );
  expect([verdict.kind, seen]).toEqual([kind, asked]);
});
