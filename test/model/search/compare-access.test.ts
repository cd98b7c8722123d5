import fc from 'fast-check';
import { decide } from '../../../src/model/decide';
import type { JsonObject } from '../../../src/model/json';
import { compareAccess } from '../../../src/model/search/compare-access';
import { translate } from '../../../src/model/translate';
import { apiRule, clusterFrom, rule, service } from '../../support/model';
import { objects, path } from './random-cluster';
import { runs } from '../../support/runs';

function compare(before: JsonObject[], after: JsonObject[]): string[] {
  const [one, other] = [before, after].map((rules) => clusterFrom(service(), ...(rules.length > 0 ? [apiRule(rules)] : [])));
  if (!one || !other) throw new Error('two states are compared');
  return compareAccess(one, other).changes.map(
    ({ kind, request, caller, before: was, after: is }) =>
      `${kind} ${request.method} ${request.path} ${caller.issuer === undefined ? 'anonymous' : 'token'}: ${was} -> ${is}`,
  );
}

const forward = 'reaches shop/orders:8080';

test.each<[string, JsonObject[], JsonObject[], string[]]>([
  ['nothing changes', [rule('/a', 'GET')], [rule('/a', 'GET')], []],
  ['a path becomes public', [rule('/a', 'GET', {})], [rule('/a', 'GET')], [`opened GET /a anonymous: is refused with 403 -> ${forward}`]],
  [
    'a public path is protected',
    [rule('/a', 'GET')],
    [rule('/a', 'GET', {})],
    [`closed GET /a anonymous: ${forward} -> is refused with 403`],
  ],
  [
    'a path is new and wants a token',
    [rule('/a', 'GET')],
    [rule('/a', 'GET'), rule('/b', 'GET', {})],
    ['altered GET /b anonymous: is refused with 404 -> is refused with 403', `opened GET /b token: is refused with 404 -> ${forward}`],
  ],
  ['a method is gone', [rule('/a', 'GET,POST')], [rule('/a', 'GET')], [`closed POST /a anonymous: ${forward} -> is refused with 404`]],
  [
    'a scope is no longer asked for',
    [rule('/a', 'GET', { authorizations: [{ requiredScopes: ['admin'] }] })],
    [rule('/a', 'GET', {})],
    [`opened GET /a token: is refused with 403 -> ${forward}`],
  ],
  [
    'an operator is written otherwise',
    [rule('/{**}', 'GET')],
    [rule('/*', 'GET')],
    [`opened GET /% anonymous: is refused with 404 -> ${forward}`, 'altered GET /[ anonymous: is refused with 404 -> is refused with 403'],
  ],
  [
    'everything goes, the policies that kept callers inside the cluster out as well',
    [rule('/a', 'GET')],
    [],
    [`closed GET /a anonymous: ${forward} -> is refused with 404`, 'opened GET / anonymous: is refused with 403 -> reaches shop/orders'],
  ],
])('%s', (_, before, after, changes) => {
  expect(compare(before, after)).toEqual(changes);
});

test('a state compared with itself has no change', () => {
  fc.assert(
    fc.property(objects, (input) => {
      const cluster = clusterFrom(...input);
      expect(compareAccess(cluster, clusterFrom(...input)).changes).toEqual([]);
    }),
    { numRuns: runs(60) },
  );
});

test('where a request of nobody ends otherwise than before, a change of that kind is reported', () => {
  fc.assert(
    fc.property(objects, objects, path, (before, after, text) => {
      const [one, other] = [clusterFrom(...before), clusterFrom(...after)];
      const target = text.replaceAll('{**}', 'a/b').replaceAll('{*}', 'ab').replace('*', 'a');
      const request = { host: 'orders.example.com', method: 'GET', target, headers: {} };
      const [was, is] = [one, other].map((cluster) => decide(translate(cluster), request, new Map()).verdict === 'forward');
      const kinds = compareAccess(one, other)
        .changes.filter(({ caller }) => caller.issuer === undefined)
        .map(({ kind }) => kind);
      expect(was === is || kinds.includes(is ? 'opened' : 'closed')).toBe(true);
    }),
    { numRuns: runs(150) },
  );
});

const wild = (rules: JsonObject[]) => apiRule(rules, { hosts: ['*.example.com'] }, 'wild');

test.each<[string, JsonObject[], JsonObject[], string[]]>([
  [
    'a host goes, and a public wildcard takes it',
    [wild([rule('/a', 'GET')]), apiRule([rule('/a', 'GET', {})], { service: { name: 'portal', port: 8080 } })],
    [wild([rule('/a', 'GET')])],
    [`opened GET orders.example.com/a anonymous: is refused with 403 -> ${forward}`],
  ],
  [
    'a host comes, which a public wildcard had',
    [wild([rule('/a', 'GET')])],
    [wild([rule('/a', 'GET')]), apiRule([rule('/a', 'GET', {})], { service: { name: 'portal', port: 8080 } })],
    [`closed GET orders.example.com/a anonymous: ${forward} -> is refused with 403`],
  ],
  [
    'a host becomes a wildcard',
    [apiRule([rule('/a', 'GET')])],
    [apiRule([rule('/a', 'GET')], { hosts: ['*.example.com'] })],
    [`opened GET sample-host.example.com/a anonymous: is refused with 404 -> ${forward}`],
  ],
])('where %s, the change is seen through the wildcard', (_, before, after, changes) => {
  const [one, other] = [clusterFrom(service(), service('portal'), ...before), clusterFrom(service(), service('portal'), ...after)];
  expect(
    compareAccess(one, other)
      .changes.filter(({ caller, kind }) => caller.issuer === undefined && caller.principal === undefined && kind !== 'altered')
      .map(
        ({ kind, request: { method, host, path: at }, before: was, after: is }) =>
          `${kind} ${method} ${host}${at} anonymous: ${was} -> ${is}`,
      ),
  ).toEqual(changes);
});

const authentications = (keys: string) => ({ authentications: [{ issuer: 'https://example.com', jwksUri: keys }] });
const inline = (jwks: string): JsonObject => ({
  apiVersion: 'security.istio.io/v1',
  kind: 'RequestAuthentication',
  metadata: { name: 'own', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'orders' } }, jwtRules: [{ issuer: 'https://example.com', jwks }] },
});

test.each<[string, JsonObject[], JsonObject[], string[]]>([
  [
    'keys come from another address',
    [apiRule([rule('/a', 'GET', authentications('https://example.com/k'))])],
    [apiRule([rule('/a', 'GET', authentications('https://example.net/k'))])],
    ['closed https://example.com/k', 'opened https://example.net/k'],
  ],
  [
    'further keys stand in an object of the workload',
    [apiRule([rule('/a', 'GET', authentications('https://example.com/k'))])],
    [apiRule([rule('/a', 'GET', authentications('https://example.com/k'))]), inline('{"keys":[]}')],
    [expect.stringMatching(/^opened the object itself/) as string],
  ],
  [
    'keys in an object are replaced',
    [apiRule([rule('/a', 'GET', authentications('https://example.com/k'))]), inline('{"keys":[]}')],
    [apiRule([rule('/a', 'GET', authentications('https://example.com/k'))]), inline('{"keys":[1]}')],
    [expect.stringMatching(/^closed the object itself/) as string, expect.stringMatching(/^opened the object itself/) as string],
  ],
  [
    'keys stay',
    [apiRule([rule('/a', 'GET', authentications('https://example.com/k'))]), inline('{"keys":[]}')],
    [apiRule([rule('/a', 'GET', authentications('https://example.com/k'))]), inline('{"keys":[]}')],
    [],
  ],
])('where %s, a token counts by the keys that signed it', (_, before, after, said) => {
  const { changes } = compareAccess(clusterFrom(service(), ...before), clusterFrom(service(), ...after));
  expect([...new Set(changes.map(({ kind, caller }) => `${kind} ${caller.keys ?? ''}`))].sort()).toEqual(said);
});
