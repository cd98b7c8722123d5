import fc from 'fast-check';
import { policyMatcher, policyPath, routeMatcher } from '../../src/model/path-template';
import { samplePath, samplePaths } from '../../src/model/sample-paths';
import { template } from '../support/paths';

test.each([
  ['/a/{*}/b', '/a/sample/b'],
  ['/a/{**}', '/a/sample'],
  ['/*', '/sample'],
  ['/', '/'],
  ['/a/', '/a/'],
  ['/v1.0', '/v1.0'],
])('%s is tried with %s', (path, expected) => {
  expect(samplePath(path)).toBe(expected);
});

test('a sample avoids the paths of earlier rules', () => {
  expect(samplePath('/a/{**}', ['/a/sample', '/a/{*}'])).toBe('/a/sample/sample');
});

test('a sample that earlier rules always take is the plainest one', () => {
  expect(samplePath('/a/{*}', ['/*'])).toBe('/a/sample');
});

test('what is no path of an APIRule has no samples', () => {
  expect([samplePaths('a'), samplePath('a')]).toEqual([[], '/']);
});

test('route and policy take every sample', () => {
  fc.assert(
    fc.property(template, (path) =>
      samplePaths(path).every((sample) => routeMatcher(path)(sample) && policyMatcher(policyPath(path))(sample)),
    ),
  );
});
