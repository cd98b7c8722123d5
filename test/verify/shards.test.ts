import fc from 'fast-check';
import { isJsonObject, type JsonObject } from '../../src/model/json';
import { readManifests } from '../../src/model/read-manifests';
import { runVerify } from '../../src/verify/verify';
import type { VerifyOptions } from '../../src/verify/verify-input';
import { shardOf } from '../../src/verify/shard';
import { runs } from '../support/runs';

const jwt = { authentications: [{ issuer: 'https://i.example.com', jwksUri: 'https://i.example.com/keys' }] };

interface Rule {
  readonly host: number;
  readonly path: string;
  readonly methods: readonly string[];
  readonly isPublic: boolean;
  readonly service: number;
}

const rule: fc.Arbitrary<Rule> = fc.record({
  host: fc.nat(30),
  path: fc.constantFrom('/a', '/b', '/c/{*}', '/d/{**}', '/no/*/path'),
  methods: fc.constantFrom(['GET'], ['GET', 'POST'], ['DELETE']),
  isPublic: fc.boolean(),
  service: fc.nat(3),
});

/** One APIRule per entry; several may share a host, and hosts may share a workload. */
function manifestsOf(rules: readonly Rule[]): string {
  const items = rules.map(({ host, path, methods, isPublic, service }, index) => ({
    apiVersion: 'gateway.kyma-project.io/v2',
    kind: 'APIRule',
    metadata: { name: `r${index}`, namespace: 'shop' },
    spec: {
      hosts: [`h${host}.example.com`],
      gateway: 'kyma-system/kyma-gateway',
      service: { name: `s${service}`, port: 80 },
      rules: [{ path, methods, ...(isPublic ? { noAuth: true } : { jwt }) }],
    },
  }));
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

async function planOf(
  rules: readonly Rule[],
  options: VerifyOptions = {},
): Promise<{ hosts: string[]; routes: string[]; digest: unknown }> {
  const { data } = await runVerify({
    manifests: readManifests(manifestsOf(rules), 'm.json').manifests,
    options: { scope: ['*.example.com'], plan: true, ...options },
    tools: { runId: 'r', userAgent: 'u' },
  });
  // Where nothing can be called there is no plan.
  const plan = (data?.['plan'] ?? { hosts: [], routes: [] }) as JsonObject;
  const texts = (name: string): string[] => (plan[name] as JsonObject[]).map((entry) => JSON.stringify(entry)).sort();
  const shard = data?.['shard'];
  return { hosts: texts('hosts'), routes: texts('routes'), digest: isJsonObject(shard) ? shard['plan'] : undefined };
}

const shardsOf = (of: number): { index: number; of: number }[] => Array.from({ length: of }, (_, i) => ({ index: i + 1, of }));

test('one, two and eight shards plan together what one run plans: every route once, with the same probes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rule, { minLength: 1, maxLength: 40 }), fc.constantFrom(1, 2, 8), async (rules, of) => {
      const whole = await planOf(rules);
      const parts = await Promise.all(shardsOf(of).map((shard) => planOf(rules, { shard })));
      expect(parts.flatMap(({ routes }) => routes).sort()).toEqual(whole.routes);
      expect(parts.flatMap(({ hosts }) => hosts).sort()).toEqual(whole.hosts);
      expect(new Set(parts.map(({ digest }) => digest)).size).toBe(1);
    }),
    { numRuns: runs(60) },
  );
});

test('a route that is added moves no other route to another shard', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rule, { minLength: 1, maxLength: 30 }), rule, fc.integer({ min: 2, max: 8 }), async (rules, added, of) => {
      const named = ({ host, path }: Rule): string => `h${host}.example.com${path}`;
      const placesOf = async (all: readonly Rule[]): Promise<Map<string, number>> => {
        const parts = await Promise.all(shardsOf(of).map(async (shard) => [shard.index, await planOf(all, { shard })] as const));
        const routes = parts.flatMap(([index, { routes: own }]) =>
          own.map((text) => [JSON.parse(text) as { host: string; path: string }, index] as const),
        );
        return new Map(routes.map(([{ host, path }, index]) => [`${host}${path}`, index]));
      };
      const [before, after] = [await placesOf(rules), await placesOf([...rules, added])];
      const moved = rules.filter(
        (one) => after.has(named(one)) && before.has(named(one)) && before.get(named(one)) !== after.get(named(one)),
      );
      expect(moved).toEqual([]);
    }),
    { numRuns: runs(30) },
  );
});

describe('ten thousand hosts', () => {
  const hosts = Array.from({ length: 10_000 }, (_, i) => `orders-${i}.c-7f31d2a.kyma.ondemand.com`);

  test.each([2, 8, 20, 50])('over %i shards: none has more than a quarter beyond its share', (of) => {
    const counts = new Map<number, number>();
    for (const host of hosts) counts.set(shardOf(host, of), (counts.get(shardOf(host, of)) ?? 0) + 1);
    const share = hosts.length / of;
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual(shardsOf(of).map(({ index }) => index));
    expect([...counts.values()].filter((count) => Math.abs(count - share) > share / 4)).toEqual([]);
  });

  test.each([1, 7, 20])('one shard more than %i takes its share, and nothing moves between the others', (of) => {
    const moved = hosts.filter((host) => shardOf(host, of) !== shardOf(host, of + 1));
    expect(moved.every((host) => shardOf(host, of + 1) === of + 1)).toBe(true);
    expect(moved.length).toBeLessThan((hosts.length / (of + 1)) * 1.25);
  });
});

test('the shard of a host is the same in every process and version', () => {
  const hosts = ['orders.example.com', 'location.c-7f31d2a.kyma.ondemand.com', 'ä.example.com'];
  expect(hosts.map((host) => [2, 8, 20].map((of) => shardOf(host, of)))).toEqual([
    [2, 7, 13],
    [1, 6, 11],
    [2, 6, 11],
  ]);
  expect(shardOf('ORDERS.example.com', 20)).toBe(shardOf('orders.example.com', 20));
});

test.each([
  { index: 0, of: 2 },
  { index: 3, of: 2 },
  { index: 1.5, of: 2 },
  { index: 1, of: 1e9 },
])('%j is no shard', async (shard) => {
  await expect(planOf([{ host: 1, path: '/a', methods: ['GET'], isPublic: false, service: 1 }], { shard })).rejects.toThrow(TypeError);
});
