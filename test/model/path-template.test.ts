import fc from 'fast-check';
import {
  isRoutable,
  meaningMatcher,
  parsePathTemplate,
  policyMatcher,
  policyPath,
  routeMatcher,
  routeUri,
  uriMatcher,
} from '../../src/model/path-template';
import { concretePath, template } from '../support/paths';

const accepted =
  "/ /* /{*} /{**} /a /a/ /a//b // /a/{*} /a/{**}/b /v1.0 /a+b /a$b /a(b /a%20b /~u /a:b@c /it's /{**}/{**} /{**}/x/{*} /((a+)+)+b".split(
    ' ',
  );
const refused = ['', 'a', '/**', '/a{*}', '/{*}a', '/a/*', '/a*', '/.*', '/foo(.*)', '/foo(/.*)?', '/a%2', '/a b', '/a?b=c', '/a#b'];
const refusedToo = ['/{id}', '/{}', '/{***}', '/ä', '/a[b]', '/a|b', '/a\\b'];

test.each(accepted)('%s is a path of an APIRule', (text) => {
  expect(parsePathTemplate(text)?.text).toBe(text);
});

test.each([...refused, ...refusedToo])('%j is no path of an APIRule', (text) => {
  expect(parsePathTemplate(text)).toBeUndefined();
});

test('a path is read into its segments', () => {
  expect(parsePathTemplate('/a/{*}/{**}')?.segments).toEqual([{ kind: 'literal', text: 'a' }, { kind: 'one' }, { kind: 'many' }]);
});

describe('the route', () => {
  test.each([
    ['/a/{**}', '/a/', true],
    ['/a/{**}', '/a/b/c', true],
    ['/a/{**}', '/a//b', true],
    ['/a/{**}', '/a', false],
    ['/a/{**}/b', '/a/x/b', true],
    ['/a/{**}/b', '/a//b', true],
    ['/a/{**}/b', '/a/b', false],
    ['/a/{*}', '/a/x', true],
    ['/a/{*}', '/a/x%20y', true],
    ['/a/{*}', '/a/', false],
    ['/a/{*}', '/a/x/', false],
    ['/a/{*}', '/a/x%2', false],
    ['/{**}', '/', true],
    ['/{**}', '/a|b', false],
    ['/{**}', '/ä', false],
    ['/{**}', "/-._~!$&'()*+,;=:@%7F", true],
    ['/{*}', "/-._~!$&'()*+,;=:@%7F", true],
    ['/{**}', '/{x}', false],
    ['/*', '/a|b', true],
    ['/*', '/ä', true],
    ['/*', '', false],
    ['/v1.0', '/v1X0', true],
    ['/a+b', '/aab', true],
    ['/a+b', '/a+b', false],
    ['/a(b)', '/ab', true],
    ['/a(b)', '/a(b)', false],
    ['/a$b', '/a$b', false],
    ['/a(b', '/a(b', false],
    ['/a', '/A', false],
    ['/a', '/ab', false],
    ['/a', '/x/a', false],
  ])('of %s on %s says %s', (path, requested, expected) => {
    expect(routeMatcher(path)(requested)).toBe(expected);
  });
});

describe('the policy', () => {
  test.each([
    ['/v1.0', '/v1.0', true],
    ['/v1.0', '/v1X0', false],
    ['/a+b', '/a+b', true],
    ['/a+b', '/aab', false],
    ['/a', '/a/', false],
    ['/a', '/A', false],
    ['/{**}', '/', true],
    ['/{**}', '/a/b', true],
    ['/{**}', '/a|b', false],
    ['/a/{**}', '/a', false],
    ['/a/{**}', '/a/', true],
    ['/a/{*}', '/a/x*y', true],
    ['/a/{*}', '/a/x%2', true],
    ['/a/{*}', '/a/', false],
    ['/a.b/{*}', '/aXb/c', false],
    ['/a.b/{*}', '/a.b/c', true],
    ['/a(b/{*}', '/a(b/c', true],
    ['/api/*', '/api/x', true],
    ['*.js', '/x.js', true],
    ['*.js', '/x.ts', false],
    ['*', '/anything', true],
  ])('for %s on %s says %s', (path, requested, expected) => {
    expect(policyMatcher(path)(requested)).toBe(expected);
  });
});

test('everything becomes a prefix in the route and a template in the policy', () => {
  expect([routeUri('/*'), policyPath('/*'), policyPath('/a')]).toEqual([{ kind: 'prefix', value: '/' }, '/{**}', '/a']);
});

test('operators become character sets and literals stay as they are', () => {
  expect(routeUri('/a.b/{*}').value).toBe("^/a.b/([A-Za-z0-9-._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$");
});

test('an exact address of a route takes that path only', () => {
  expect(['/a', '/a/'].map((path) => uriMatcher({ kind: 'exact', value: '/a' })?.(path))).toEqual([true, false]);
});

test('a path whose brackets do not pair makes no route', () => {
  expect(['/a(b', '/a++', '/a(b)'].map(isRoutable)).toEqual([false, false, true]);
});

test('an expression that hangs backtracking engines is decided at once', () => {
  expect(routeMatcher('/((a+)+)+b')(`/${'a'.repeat(5_000)}c`)).toBe(false);
  expect(routeMatcher('/((a+)+)+b')(`/${'a'.repeat(5_000)}b`)).toBe(true);
});

/** Says by segments, without any expression, whether a template takes a path of plain letters. */
function takesBySegments(pattern: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  if (first === '{**}') return path.some((_segment, index) => takesBySegments(rest, path.slice(index + 1)));
  const [segment, ...others] = path;
  const fits = first === '{*}' ? segment !== undefined && segment !== '' : first === segment;
  return fits && takesBySegments(rest, others);
}

test('route, policy and meaning agree with matching by segments on plain paths', () => {
  fc.assert(
    fc.property(template, concretePath, (pattern, path) => {
      const expected = takesBySegments(pattern.slice(1).split('/'), path.slice(1).split('/'));
      return [routeMatcher, policyMatcher, meaningMatcher].every((matcher) => matcher(pattern)(path) === expected);
    }),
    { numRuns: 1_000 },
  );
});
