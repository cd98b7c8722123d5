import fc from 'fast-check';
import { decide } from '../../../src/model/decide';
import type { JsonObject } from '../../../src/model/json';
import { hostScopes } from '../../../src/model/search/host-scope';
import { translate } from '../../../src/model/translate';
import { apiRule, clusterFrom, policy, rule } from '../../support/model';
import { objects, rules } from './random-cluster';

const handMade = fc.constantFrom<JsonObject[]>(
  [],
  [policy({ action: 'DENY', rules: [{ to: [{ operation: { hosts: ['orders.example.com'] } }] }] })],
  [policy({ action: 'ALLOW' })],
  [policy({ selector: {}, rules: [{ to: [{ operation: { paths: ['/a*'] } }] }] })],
  [policy({ selector: { matchLabels: { tier: 'web' } }, rules: [{ to: [{ operation: { hosts: ['other.example.org'] } }] }] })],
);

test('what decides about one host decides as all objects do', () => {
  fc.assert(
    fc.property(objects, fc.option(rules), handMade, (first, more, own) => {
      const third = more ? [apiRule(more, { hosts: ['other.example.org'] }, 'other')] : [];
      const cluster = clusterFrom(...first, ...third, ...own);
      const all = translate(cluster);
      for (const { host, objects: near } of hostScopes(cluster, all)) {
        for (const target of ['/', '/a', '/ab/b', '/v1.0/']) {
          const request = { host, method: 'GET', target, headers: {} };
          const [whole, part] = [decide(all, request, new Map()), decide(near, request, new Map())];
          expect([part.verdict, part.status, part.admittedBy]).toEqual([whole.verdict, whole.status, whole.admittedBy]);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('what decides about one host does not grow with the hosts of other APIRules on the same workload', () => {
  const sizes = [20, 40].map((count) => {
    const apiRules = Array.from({ length: count }, (_, at) =>
      apiRule([rule('/a', 'GET', {})], { hosts: [`h${at}.example.com`] }, `a${at}`),
    );
    const cluster = clusterFrom(...apiRules);
    const scopes = [...hostScopes(cluster, translate(cluster))];
    return scopes.map(({ objects: near }) => near.authorizationPolicies.length + near.requestAuthentications.length).sort();
  });
  expect(new Set(sizes.flat())).toEqual(new Set([2, 3]));
});
