import type { OldJwtHandler } from '../../../src/migrate/old-api-rule';
import { translatePath } from '../../../src/migrate/paths/translate-path';
import { cpuTime, endless } from '../../support/cpu-time';

const translated = (path: string, oldJwtHandler: OldJwtHandler = 'ory') => translatePath(path, { oldJwtHandler, allowWidening: false });
const widened = (path: string) => translatePath(path, { oldJwtHandler: 'ory', allowWidening: true });

test.each([
  ['/.*', ['/*']],
  ['/(.*)', ['/*']],
  ['.*', ['/*']],
  ['/foo', ['/foo']],
  ['/foo$', ['/foo']],
  ['^/foo', ['/foo']],
  ['/foo/.*', ['/foo/{**}']],
  ['/foo(/.*)?', ['/foo', '/foo/{**}']],
  ['/foo/?', ['/foo/', '/foo']],
  ['/foo/[^/]+', ['/foo/{*}']],
  ['/foo/[^/]*', ['/foo/', '/foo/{*}']],
  ['/foo/[^/]+/bar', ['/foo/{*}/bar']],
  ['/foo/.*/bar', ['/foo/{**}/bar']],
  ['.*/foo', ['/foo', '/{**}/foo']],
  ['/a|/a/.*', ['/a', '/a/{**}']],
  ['/orders|/orders/.*', ['/orders', '/orders/{**}']],
  ['/v[12]/x', ['/v1/x', '/v2/x']],
  ['/v\\d/x', Array.from({ length: 10 }, (_, digit) => `/v${digit}/x`)],
  ['/(a|b)/(?:c|d)', ['/a/c', '/a/d', '/b/c', '/b/d']],
  ['/a?', ['/', '/a']],
  ['/a\\.b', ['/a.b']],
  ['/\\Qa.b\\E', ['/a.b']],
  ['(?i)/ab', ['/AB', '/Ab', '/aB', '/ab']],
  ['/(?i:a)b', ['/Ab', '/ab']],
  ['/a/(b/.*)?', ['/a/', '/a/b/{**}']],
  ['/foo{1}', ['/foo']],
  ['/fo{1,2}', ['/fo', '/foo']],
  ['/[[:digit:]]{0}x', ['/x']],
])('%s becomes %j and nothing is lost or won', (path, paths) => {
  const { odd: _, ...rest } = translated(path);
  expect(rest).toEqual({ paths });
});

test.each([
  ['/foo(.*)', ['/foo', '/foo/{**}'], '/fooa'],
  ['/foo/?.*', ['/foo', '/foo/{**}'], '/fooa'],
  ['/v1.0/x', ['/v1.0/x'], '/v1a0/x'],
  ['/foo/.+', ['/foo/{*}', '/foo/{*}/{**}'], '/foo//'],
  ['/foo(/[^/]+)*', ['/foo', '/foo/{*}'], '/foo/a/a'],
  ['/x/(a|\\w+)', ['/x/a'], '/x/b'],
])('%s becomes %j, which leaves out %s', (path, paths, dropped) => {
  expect(translated(path)).toMatchObject({ paths, dropped });
});

test.each([
  ['/foo/\\w+', ['/foo/{*}'], '/foo/a'],
  ['/foo/[0-9]+', ['/foo/{*}'], '/foo/0'],
  ['/users/[0-9a-f-]{36}/x', ['/users/{*}/x'], `/users/${'a'.repeat(36)}/x`],
  ['/foo-.*/x', ['/{**}/x'], '/foo-/x'],
  ['/.*\\.js', ['/*'], '/.js'],
  ['/.*/x/.*', ['/*'], '//x/'],
  ['/a/.*/b/.*', ['/a/{**}'], '/a//b/'],
  ['/((a+)+)+b', ['/{*}'], '/ab'],
  ['/a\\+b', ['/{*}'], '/a+b'],
  ['/a\\(b\\)', ['/{*}'], '/a(b)'],
  ['/[a-z]', ['/{*}'], '/a'],
])('%s has no path of its own; %j would take it', (path, wider, dropped) => {
  expect(translated(path)).toMatchObject({ paths: [], wider, dropped, reason: expect.stringContaining(JSON.stringify(path)) });
  expect(widened(path)).toMatchObject({ paths: wider, widened: expect.any(String) });
  expect(widened(path).dropped).toBeUndefined();
});

test('a wildcard that begins inside a segment is left to the user, with a narrower and a wider proposal', () => {
  expect(translated('/foo.*')).toMatchObject({ paths: [], dropped: '/foo', narrower: ['/foo', '/foo/{**}'], wider: ['/*'] });
});

test('/* was every path with the Istio handler, and only slashes with Ory', () => {
  expect(translated('/*', 'istio')).toEqual({ paths: ['/*'], odd: expect.stringMatching(/[[%]/) });
  expect(translated('/*', 'ory')).toMatchObject({ paths: ['/'], dropped: '//', wider: ['/*'] });
});

test('a path that has an exact counterpart is not widened, even when that is allowed', () => {
  expect(widened('/foo(/.*)?')).toEqual(translated('/foo(/.*)?'));
});

test('characters that operators refuse are told apart from what is dropped', () => {
  expect(translated('/foo/.*')).toEqual({ paths: ['/foo/{**}'], odd: '/foo/%' });
  expect(translated('/foo')).toEqual({ paths: ['/foo'] });
});

test.each([
  ['a path that normalization changes', '/a/\\.\\./b'],
  ['no leading slash', 'foo'],
  ['a character that no path holds', '/ä'],
  ['an anchor in the middle', '/a^b'],
])('a rule that no request can reach is dead: %s', (_, path) => {
  expect(translated(path)).toMatchObject({ paths: [], dead: true });
});

test.each([
  ['a lookahead', '(?!x)/a', 'is refused by RE2'],
  ['an open group', '/(a', 'is refused by RE2'],
  ['a repeated repetition', '/a**', 'is refused by RE2'],
  ['a back-reference', '/(a)\\1', 'is refused by RE2'],
  ['the boundary of a word', '/\\bfoo', 'holds \\b, which is not read'],
  ['a million repetitions', '(a{1,1000}){1,1000}', 'repeats more than RE2 takes'],
  ['nearly two thousand repetitions', '/(?:a{0,1000}){1}b{0,900}', 'needs more than 1000 states'],
  ['thousands of words', `/(${words(4_000)})`, 'has more than 2048 characters'],
  ['hundreds of words', `/(${words(250)})`, 'needs more than 1000 states'],
  ['hundreds of optional letters', `/(${'a?'.repeat(400)}${'a'.repeat(400)})`, 'needs more than 1000 states'],
])('%s: not translated, says why, in bounded time', (_, path, text) => {
  const spent = cpuTime();
  expect(translated(path)).toEqual({ paths: [], reason: expect.stringContaining(text) });
  expect(spent()).toBeLessThan(endless);
});

test.each([
  ['a repeated choice of many', `/(${'a|b|'.repeat(100)}c)*`],
  ['many choices', `/${'(a|b)'.repeat(40)}`],
  ['many wildcards', `/${'.*a'.repeat(30)}`],
  ['many segments', `/${'[^/]+/'.repeat(40)}`],
  ['deep groups', `/${'(x(y'.repeat(40)}${')?)*'.repeat(40)}`],
])('%s: ends in bounded time', (_, path) => {
  const spent = cpuTime();
  expect(translated(path).paths.length).toBeLessThanOrEqual(16);
  expect(spent()).toBeLessThan(endless);
});

function words(count: number): string {
  return Array.from({ length: count }, (_, at) => `word${at}`).join('|');
}
