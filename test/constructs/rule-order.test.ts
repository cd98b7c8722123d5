import { apiRuleProblems } from '../../src/model/api-rule-checks';
import { clusterOf } from '../../src/model/cluster';
import { decide } from '../../src/model/decide';
import type { JsonObject } from '../../src/model/json';
import { printManifests } from '../../src/model/print-manifests';
import { readManifests } from '../../src/model/read-manifests';
import { translate } from '../../src/model/translate';
import { keycloak } from '../support/scenario';

type Entry = readonly [path: string, methods: string, access?: 'public'];

/** An APIRule as a person would write it by hand. */
function apiRule(...entries: readonly Entry[]): JsonObject {
  const rules = entries.map(([path, methods, access]) => {
    const strategy = access === 'public' ? { noAuth: true } : { jwt: { authentications: [{ ...keycloak }] } };
    return { path, methods: methods.split(','), ...strategy };
  });
  const spec = { hosts: ['a'], gateway: 'kyma-system/kyma-gateway', service: { name: 'a', port: 80 }, rules };
  return { apiVersion: 'gateway.kyma-project.io/v2', kind: 'APIRule', metadata: { name: 'a', namespace: 'a' }, spec };
}

/** What the data plane says to a call without token. */
function withoutToken(body: JsonObject, method: string, target: string): string {
  const { cluster } = clusterOf(readManifests(printManifests([body]), 'a.yaml').manifests, { domain: 'example.com' });
  return decide(translate(cluster), { host: 'a.example.com', method, target, headers: {} }, new Map()).verdict;
}

const open: readonly (readonly [string, JsonObject, string, string])[] = [
  ['the root before everything', apiRule(['/', 'GET'], ['/*', 'GET', 'public']), 'GET', '/'],
  ['the root before a deep pattern', apiRule(['/', 'GET'], ['/{**}', 'GET', 'public']), 'GET', '/'],
  [
    'a path between two rules of one pattern',
    apiRule(['/api/{**}', 'POST', 'public'], ['/api/admin', 'GET'], ['/api/{**}', 'GET', 'public']),
    'GET',
    '/api/admin',
  ],
];

test.each(open)('a protected rule would stand open, and is refused: %s', (_, body, method, target) => {
  expect(withoutToken(body, method, target)).toBe('forward');
  expect(apiRuleProblems(body)).toMatchObject([{ id: 'hole-anonymous', message: expect.stringContaining(`lets ${method} ${target} in`) }]);
});

const closed: readonly (readonly [string, JsonObject, string, string])[] = [
  ['one path before everything', apiRule(['/getecptoken', 'GET'], ['/*', 'GET', 'public']), 'GET', '/getecptoken'],
  ['the root and another method', apiRule(['/', 'GET'], ['/*', 'POST', 'public']), 'GET', '/'],
  ['a pattern before a wider one', apiRule(['/api/{*}', 'GET'], ['/{**}', 'GET', 'public']), 'GET', '/api/orders'],
  ['a public path before everything', apiRule(['/healthz', 'GET', 'public'], ['/*', 'GET']), 'GET', '/orders'],
];

test.each(closed)('a protected rule that stays closed is taken: %s', (_, body, method, target) => {
  expect(withoutToken(body, method, target)).toBe('deny');
  expect(apiRuleProblems(body)).toEqual([]);
});

test.each([
  ['everything before a path', apiRule(['/*', 'GET', 'public'], ['/admin', 'GET']), 'never gets GET /admin'],
  ['a pattern before a path', apiRule(['/a/{*}', 'GET,POST'], ['/a/b', 'POST', 'public']), 'never gets POST /a/b'],
])('a rule that no call reaches is refused: %s', (_, body, message) => {
  expect(apiRuleProblems(body)).toMatchObject([
    { id: 'api-rule-shadowed', path: ['spec', 'rules', 1], message: expect.stringContaining(message) },
  ]);
});

test('rules for another workload do not open this one', () => {
  const body = apiRule(['/', 'GET'], ['/*', 'GET', 'public']);
  const rules = (body['spec'] as { rules: JsonObject[] }).rules;
  rules[1] = { ...rules[1], service: { name: 'b', port: 80 } };
  expect(apiRuleProblems(body)).toEqual([]);
});
