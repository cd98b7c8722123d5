import { pathConflicts } from '../../../src/model/controller/path-conflict';
import { conflictVerdict } from '../../../src/model/controller/conflict-verdict';
import { conflictIndex } from './second-conflict-check';
import { cpuTime } from '../../support/cpu-time';
import { runs } from '../../support/runs';

const withGet = (paths: readonly string[]) => paths.map((path) => ({ path, methods: ['GET'] }));
/** Index of the first path that the controller refuses, -1 when it takes all. */
const refused = (paths: readonly string[]) => pathConflicts(withGet(paths))[0]?.rule ?? -1;

test.each([
  ['specific before general', ['/abc/{*}/ghi', '/abc/{**}'], -1],
  ['general before specific', ['/abc/{**}', '/abc/{*}/ghi'], 1],
  ['one segment, then any number with an equal end', ['/abc/{*}', '/abc/{**}'], 1],
  ['the same with a literal end', ['/abc/{*}/ghi', '/abc/{**}/ghi'], 1],
  ['two operators against a literal and an operator', ['/{*}/{*}/ghi', '/abc/{**}/ghi'], 1],
  ['an operator against an empty end', ['/abc/{*}', '/abc/'], 1],
  ['an operator against the root', ['/{*}', '/'], 1],
  ['any number in the middle against none', ['/a/{**}/b', '/a/b'], 1],
  ['a duplicate after a longer path', ['/a/b', '/a', '/a'], -1],
  ['one segment after a longer path with it', ['/{*}/b', '/{*}', '/x'], -1],
  ['the same deeper', ['/a/{*}/c', '/a/{*}', '/a/x'], -1],
  ['crossing operators', ['/{*}/b', '/a/{*}'], -1],
  ['crossing operators of both kinds', ['/a/{**}/c', '/{*}/x/c'], -1],
  ['crossing operators the other way', ['/{*}/a', '/b/{*}'], -1],
  ['a trailing slash', ['/a', '/a/'], -1],
  ['a double slash', ['/a/b', '/a//b'], -1],
  ['slashes at the start count for nothing', ['/a', '//a'], 1],
  ['everything in two spellings', ['/*', '/{**}'], 1],
  ['everything before a path', ['/*', '/a'], 1],
  ['the root before everything', ['/', '/*'], -1],
])('%s: %j', (_, paths, expected) => {
  expect(refused(paths)).toBe(expected);
  expect(conflictIndex(paths)).toBe(expected);
});

test('the words are those of the controller, with everything spelt as it reads it', () => {
  const [conflict] = pathConflicts([
    { path: '/{**}', methods: ['GET'] },
    { path: '/*', methods: ['POST', 'GET'] },
  ]);
  expect(conflict).toEqual({
    rule: 1,
    method: 'GET',
    position: 1,
    earlier: [0],
    first: true,
    says: "Attribute '.spec.rules': Path /{**} with method GET conflicts with at least one of the previous rule paths",
  });
});

test('methods are judged apart, and one that is listed twice collides with itself', () => {
  expect(
    pathConflicts([
      { path: '/a', methods: ['GET'] },
      { path: '/a', methods: ['POST'] },
    ]),
  ).toEqual([]);
  expect(pathConflicts([{ path: '/a', methods: ['GET', 'GET'] }])).toMatchObject([{ rule: 0, position: 1, earlier: [0] }]);
  expect(
    pathConflicts([
      { path: '/a/b', methods: ['GET'] },
      { path: '/a', methods: ['GET', 'GET'] },
    ]),
  ).toEqual([]);
  expect(
    pathConflicts([
      { path: '/a', methods: [] },
      { path: '/a', methods: [] },
    ]),
  ).toMatchObject([{ method: 'NO_METHODS' }]);
});

test('every conflict is told, the first of each method marked', () => {
  const found = pathConflicts(withGet(['/a', '/a', '/b', '/{**}', '/c']));
  expect(found.map(({ rule, earlier, first }) => [rule, earlier, first])).toEqual([
    [1, [0], true],
    [4, [3], false],
  ]);
});

test.each([
  ['/abc/{**}', '/abc/{*}/ghi', 'covered'],
  ['/*', '/', 'covered'],
  ['/abc/{*}', '/abc/{**}', 'specific-first'],
  ['/abc/{*}/ghi', '/abc/{**}/ghi', 'specific-first'],
  ['/{*}/{*}/ghi', '/abc/{**}/ghi', 'crossing'],
  ['/abc/{*}', '/abc/', 'disjoint'],
  ['/{*}', '/', 'disjoint'],
  ['/a/{**}/b', '/a/b', 'disjoint'],
  ['/a', '//a', 'disjoint'],
])('%s before %s is, for requests, %s', (earlier, later, kind) => {
  expect(conflictVerdict(earlier, later).kind).toBe(kind);
});

test('two implementations agree on thousands of random sequences', () => {
  const random = seeded(20_260_821);
  const words = ['a', 'b', '', '{*}', '{**}', 'a', '{*}'];
  const path = () =>
    random() < 0.05 ? '/*' : `/${Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(words, random)).join('/')}`;
  const sequences = Array.from({ length: runs(30_000) }, () => Array.from({ length: 2 + Math.floor(random() * 6) }, path));
  expect(sequences.filter((paths) => refused(paths) !== conflictIndex(paths))).toEqual([]);
});

test('four times as many rules take about four times as long, not sixteen times', () => {
  const rules = (count: number) => Array.from({ length: count }, (_, index) => `/service-${index}/{*}/items/{**}`);
  const [few, many] = [rules(5_000), rules(20_000)];
  expect(refused([...many, ...many])).toBe(20_000);
  expect(fastest(() => refused(many)) / fastest(() => refused(few))).toBeLessThan(10);
});

test('paths of many segments are judged', () => {
  const long = ['/{**}/end', `/${'a/'.repeat(20_000)}b`, `/${'{*}/'.repeat(20_000)}b`, `/${'{**}/'.repeat(5_000)}b`];
  expect(long.map((path) => refused([path, path]))).toEqual([1, 1, 1, 1]);
});

/** The least of five processor times in milliseconds: the others shared caches with something else. */
function fastest(run: () => unknown): number {
  return Math.min(
    ...Array.from({ length: 5 }, () => {
      const spent = cpuTime();
      run();
      return spent();
    }),
  );
}

/** Mulberry32: the same numbers on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick(words: readonly string[], random: () => number): string {
  return words[Math.floor(random() * words.length)] ?? '';
}
