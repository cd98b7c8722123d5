import { intentOf } from '../../src/model/intent';
import type { JsonObject } from '../../src/model/json';
import { apiRule, clusterFrom, request, rule } from '../support/model';

const jwt = {};
const intentFor = (rules: JsonObject[], line: string): string | undefined =>
  intentOf(clusterFrom(apiRule(rules)), request(line))?.rule.access.kind;

test.each<[string, JsonObject[], string, string | undefined]>([
  ['a public path before a protected rest', [rule('/health', 'GET'), rule('/*', 'GET', jwt)], 'GET /health', 'noAuth'],
  ['the protected rest', [rule('/health', 'GET'), rule('/*', 'GET', jwt)], 'GET /other', 'jwt'],
  ['a protected path before a public rest', [rule('/', 'GET', jwt), rule('/*', 'GET')], 'GET /', 'jwt'],
  ['a method of its own', [rule('/a', 'POST', jwt), rule('/a', 'GET')], 'GET /a', 'noAuth'],
  ['a method that nobody lists', [rule('/a', 'POST', jwt)], 'GET /a', undefined],
  ['a path that nobody lists', [rule('/a', 'GET', jwt)], 'GET /b', undefined],
  ['a literal that works as an operator', [rule('/v1.0', 'GET', jwt), rule('/*', 'GET')], 'GET /v1X0', 'noAuth'],
  ['characters that routes do not take', [rule('/admin/{**}', 'GET', jwt), rule('/*', 'GET')], 'GET /admin/a|b', 'jwt'],
  ['a spelling that means a protected path', [rule('/admin', 'GET', jwt), rule('/*', 'GET')], 'GET /x/../%61dmin?y', 'jwt'],
  ['a request that the gateway refuses', [rule('/*', 'GET')], 'get /', undefined],
])('%s', (_name, rules, line, expected) => {
  expect(intentFor(rules, line)).toBe(expected);
});

test('an APIRule of the exact host speaks before one of a wildcard, whatever their order', () => {
  const wild = apiRule([rule('/*', 'GET')], { hosts: ['*.example.com'] }, 'wild');
  const exact = apiRule([rule('/a', 'GET', jwt)]);
  const speaker = (line: string): string | undefined => intentOf(clusterFrom(wild, exact), request(line))?.apiRule.name;
  expect([speaker('GET /a'), speaker('GET /b')]).toEqual(['orders', 'wild']);
});

test('nobody speaks about another host', () => {
  expect(intentOf(clusterFrom(apiRule([rule('/*', 'GET')])), request('GET /', undefined, { host: 'x.org' }))).toBeUndefined();
});

test('the rule is named by its place in the list', () => {
  expect(intentOf(clusterFrom(apiRule([rule('/a', 'GET'), rule('/b', 'GET')])), request('GET /b'))).toMatchObject({
    index: 1,
    rule: { path: '/b' },
  });
});
