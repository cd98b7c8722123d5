import fc from 'fast-check';
import { commonPath } from '../../src/model/path-intersection';
import { routeMatcher } from '../../src/model/path-template';
import { samplePaths } from '../../src/model/sample-paths';
import { routablePath } from '../support/paths';

test.each([
  ['/a', '/a', '/a'],
  ['/a', '/b', undefined],
  ['/a', '/a/', undefined],
  ['/{*}/b', '/a/{*}', '/a/b'],
  ['/{*}', '/{*}/{*}', undefined],
  ['/a/{**}', '/a', undefined],
  ['/a/{**}', '/a/', '/a/'],
  ['/a/{**}/b', '/a/{*}/b', '/a/a/b'],
  ['/a/{**}/b', '/{*}/x/c', undefined],
  ['/*', '/{**}', '/'],
  ['/v1.0', '/v1X0', '/v1X0'],
  ['/a+b', '/a+b', '/ab'],
  ['/a+b', '/aab', '/aab'],
  ['/a$b', '/{**}', undefined],
  ['/a$b', '/*', undefined],
  ['/a$', '/{*}', '/a'],
  ['/(ab)+', '/abab', '/abab'],
  ['/a%20b', '/{*}', '/a%20b'],
  ['/a%20b', '/a b', undefined],
  ['/..', '/{*}', '/aa'],
  ['/%41', '/{*}', undefined],
  ['/a(b', '/*', undefined],
])('%s and %s have %s in common', (a, b, expected) => {
  expect(commonPath(a, b)).toBe(expected);
});

test('paths that would make a backtracking engine hang are compared at once', () => {
  expect(commonPath('/((a+)+)+b', `/${'a'.repeat(200)}c`)).toBeUndefined();
});

test('long paths full of operators are compared at once', () => {
  const long = '/{*}/aaaa'.repeat(40);
  expect(commonPath(`${long}/{**}`, `${long}/b`)).toMatch(/\/b$/);
});

test('what it finds is taken by both routes', () => {
  fc.assert(
    fc.property(routablePath, routablePath, (a, b) => {
      const path = commonPath(a, b);
      return path === undefined || (routeMatcher(a)(path) && routeMatcher(b)(path));
    }),
  );
});

test('it finds something whenever a sample of one is taken by the other', () => {
  fc.assert(
    fc.property(routablePath, routablePath, (a, b) => {
      const shared = samplePaths(a).some((path) => routeMatcher(a)(path) && routeMatcher(b)(path));
      return !shared || commonPath(a, b) !== undefined;
    }),
  );
});

test('the order of both templates does not matter', () => {
  fc.assert(fc.property(routablePath, routablePath, (a, b) => (commonPath(a, b) === undefined) === (commonPath(b, a) === undefined)));
});
