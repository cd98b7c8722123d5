import fc from 'fast-check';
import { normalizePath } from '../../../src/model/normalize-request';
import { meaningMatcher, policyMatcher, policyPath, routeMatcher, routeUri } from '../../../src/model/path-template';
import { pathClasses } from '../../../src/model/search/path-classes';
import { patternAutomaton, type PathPattern } from '../../../src/model/search/path-pattern';
import { path as rulePath } from './random-cluster';
import { runs } from '../../support/runs';

const policyText = fc.oneof(rulePath.map(policyPath), fc.constantFrom('*', '/a*', '*b', '/a', '/a/b*', '*/'));
const pattern: fc.Arbitrary<PathPattern> = fc.oneof(
  rulePath.map((path): PathPattern => ({ reads: 'route', uri: routeUri(path) })),
  fc.constantFrom<PathPattern>(
    { reads: 'route', uri: { kind: 'prefix', value: '/a' } },
    { reads: 'route', uri: { kind: 'exact', value: '/a/b' } },
  ),
  policyText.map((text): PathPattern => ({ reads: 'policy', text })),
  rulePath.map((path): PathPattern => ({ reads: 'meaning', path })),
);
const requested = fc
  .array(fc.constantFrom('/', '/', 'a', 'b', 'v1', '.', '0', 'X', '%20', '%2F', '%', '[', '~', '+', ';', '..', 'A'), { maxLength: 8 })
  .map((parts) => `/${parts.join('')}`)
  .filter((path) => normalizePath(path) === path);

/** As the model itself matches, without any automaton. */
function takes(one: PathPattern, path: string): boolean {
  if (one.reads === 'policy') return policyMatcher(one.text)(path);
  if (one.reads === 'meaning') return meaningMatcher(one.path)(path);
  if (one.reads === 'automaton') return false;
  const { kind, value } = one.uri;
  if (kind === 'prefix') return path.startsWith(value);
  if (kind === 'exact') return path === value;
  return routeMatcher(
    value
      .slice(1, -1)
      .replaceAll("([A-Za-z0-9-._~!$&'()*+,;=:@/]|%[0-9a-fA-F]{2})*", '{**}')
      .replaceAll("([A-Za-z0-9-._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+", '{*}'),
  )(path);
}

const usable = (one: PathPattern): boolean => patternAutomaton(one) !== undefined;

function classesOf(patterns: readonly PathPattern[]) {
  return pathClasses(patterns.flatMap((one) => patternAutomaton(one) ?? []));
}

test('an automaton takes exactly the paths that its pattern takes', () => {
  fc.assert(
    fc.property(pattern.filter(usable), (one) => {
      for (const { path, taken } of classesOf([one]).classes) expect([path, taken[0]]).toEqual([path, takes(one, path)]);
    }),
    { numRuns: runs(500) },
  );
});

test('every path that a client can send falls into one of the classes', () => {
  fc.assert(
    fc.property(fc.array(pattern.filter(usable), { minLength: 1, maxLength: 5 }), requested, (patterns, path) => {
      const classes = classesOf(patterns).classes.map(({ taken }) => taken.map(Number).join(''));
      expect(classes).toContain(patterns.map((one) => Number(takes(one, path))).join(''));
    }),
    { numRuns: runs(2000) },
  );
});

test('the path of a class is normal and falls into it', () => {
  fc.assert(
    fc.property(fc.array(pattern.filter(usable), { minLength: 1, maxLength: 4 }), (patterns) => {
      for (const { path, taken } of classesOf(patterns).classes)
        expect([normalizePath(path), patterns.map((one) => takes(one, path))]).toEqual([path, taken]);
    }),
    { numRuns: runs(500) },
  );
});

test('a search that would not end is given up and says so', () => {
  const many = Array.from({ length: 14 }, (_, at): PathPattern => ({ reads: 'meaning', path: `/{**}/a${'/{*}'.repeat(at)}` }));
  expect(
    pathClasses(
      many.flatMap((one) => patternAutomaton(one) ?? []),
      500,
    ).complete,
  ).toBe(false);
});
