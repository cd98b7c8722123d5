import fc from 'fast-check';
import { closingPolicy } from '../../src/explain/close/deny-policy';
import { decide } from '../../src/model/decide';
import { UsageError } from '../../src/model/errors';
import type { JsonObject } from '../../src/model/json';
import { translate } from '../../src/model/translate';
import { objects, path } from '../model/search/random-cluster';
import { apiRule, clusterFrom, good, goodToken, nothing, request, rule, service } from '../support/model';
import { runs } from '../support/runs';

const host = 'https://orders.example.com';

function closing(line: string, ...items: JsonObject[]) {
  const cluster = clusterFrom(...items);
  return closingPolicy(cluster, translate(cluster), line);
}

test('the policy names the Pods, the host with and without port, the method, the path, and lets valid tokens pass', () => {
  const { object } = closing(`GET ${host}/a/./b?x=1`, service(), apiRule([rule('/a/{**}', 'GET')]));
  expect(object).toEqual({
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: expect.stringMatching(/^close-[0-9a-f]{8}$/), namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'orders' } },
      action: 'DENY',
      rules: [
        {
          from: [{ source: { notRequestPrincipals: ['*'] } }],
          to: [{ operation: { hosts: ['orders.example.com', 'orders.example.com:*'], methods: ['GET'], paths: ['/a/b'] } }],
        },
      ],
    },
  });
});

test('where no token is ever valid, it says that the request is closed for everybody', () => {
  expect(closing(`GET ${host}/a`, service(), apiRule([rule('/a', 'GET')])).remarks.join()).toContain('trusts no issuer');
});

test.each<[string, string, JsonObject[], RegExp]>([
  ['a request that is refused already', `GET ${host}/a`, [service(), apiRule([rule('/a', 'GET', {})])], /refused already, with 403/],
  ['a request that leads nowhere', `GET ${host}/b`, [service(), apiRule([rule('/a', 'GET')])], /refused already, with 404/],
  [
    'a workload whose Pods are not known',
    `GET ${host}/a`,
    [apiRule([rule('/a', 'GET')])],
    /the Pods of Service shop\/orders are not in the input/,
  ],
  ['a line that is no request', 'nonsense', [service(), apiRule([rule('/a', 'GET')])], /--close is "nonsense"/],
])('there is nothing to print for %s', (_, line, items, message) => {
  expect(() => closing(line, ...items)).toThrow(
    expect.objectContaining({ message: expect.stringMatching(message), constructor: UsageError }),
  );
});

const target = path.map((text) => text.replaceAll('{**}', 'a/b').replaceAll('{*}', 'ab').replace('*', 'a'));

test('with the policy the request is refused, and every other one ends as before', () => {
  fc.assert(
    fc.property(objects, target, fc.array(target, { maxLength: 4 }), (items, open, others) => {
      const istio = translate(clusterFrom(...items));
      fc.pre(decide(istio, request(`GET ${open}`), nothing).verdict === 'forward');
      const after = translate(clusterFrom(...items, closing(`GET ${host}${open}`, ...items).object));
      expect(decide(after, request(`GET ${open}`), nothing)).toMatchObject({ verdict: 'deny', status: 403 });
      const same = (call: ReturnType<typeof request>, facts = nothing) => {
        const [is, was] = [decide(after, call, facts), decide(istio, call, facts)];
        expect([is.verdict, is.status]).toEqual([was.verdict, was.status]);
      };
      for (const other of others.filter((text) => text !== open)) same(request(`GET ${other}`));
      same(request(`POST ${open}`));
      same(request(`GET ${open}`, undefined, { host: 'other.example.com' }));
      // Without an issuer no token is valid, which the remarks say.
      const [trusted] = istio.requestAuthentications.flatMap(({ jwtRules }) => jwtRules);
      if (trusted) same(request(`GET ${open}`, goodToken), good({}, { issuer: trusted.issuer }));
    }),
    { numRuns: runs(150) },
  );
});
