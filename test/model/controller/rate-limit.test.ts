import { goNanoseconds } from '../../../src/model/controller/go-nanoseconds';
import { rateLimitProblems } from '../../../src/model/controller/rate-limit-problems';
import { rateLimitOverlap } from '../../../src/validate/rules/controller/rate-limit-overlap';
import { defaultBucket, exampleRateLimit } from '../../../src/validate/rules/controller/rate-limit-rule';
import { exampleDeployment } from '../../../src/validate/rules/security/example-workload';
import { findingsOf } from '../../support/rule-findings';

const bucket = (fillInterval: string) => ({ maxTokens: 1, tokensPerFill: 1, fillInterval });
const limit = (usual: string, ...others: string[]) => ({
  spec: { local: { defaultBucket: bucket(usual), buckets: others.map((interval) => ({ headers: { a: 'b' }, bucket: bucket(interval) })) } },
});

test.each([
  ['50ms', 50_000_000n],
  ['1m30s', 90_000_000_000n],
  ['0.1s', 100_000_000n],
  ['.5h', 1_800_000_000_000n],
  ['1.s', 1_000_000_000n],
  ['-1s', -1_000_000_000n],
  ['+1µs', 1_000n],
  ['0', 0n],
  ['', undefined],
  ['1', undefined],
  ['1d', undefined],
  ['.s', undefined],
  ['1s ', undefined],
  ['s', undefined],
])('%j is %s nanoseconds', (text, expected) => {
  expect(goNanoseconds(text)).toBe(expected);
});

test.each([
  ['exactly the shortest', limit('50ms', '50ms'), []],
  ['a multiple', limit('0.1s', '1m'), []],
  ['too short by default', limit('49.999ms'), ['failed to validate RateLimit: defaultBucket: fillInterval must be greater or equal 50ms']],
  ['negative', limit('-1s'), ['failed to validate RateLimit: defaultBucket: fillInterval must be greater or equal 50ms']],
  ['a short bucket', limit('1s', '1s', '49ms'), ["failed to validate RateLimit: bucket '[1]': fillInterval must be greater or equal 50ms"]],
  [
    'no multiple',
    limit('40s', '1m'),
    ["failed to validate RateLimit: bucket '[0]': fillInterval must be a multiple of defaultBucket fillInterval"],
  ],
  ['shorter than the default', limit('1s', '500ms'), [expect.stringContaining("bucket '[0]': fillInterval must be a multiple")]],
  ['no duration', limit('1d'), [undefined]],
])('%s', (_, body, expected) => {
  expect(rateLimitProblems(body).map(({ says }) => says)).toEqual(expected);
});

test.each([
  ['/orders', 'rate-limit-path undefined'],
  ['/orders?a=1', 'rate-limit-path undefined'],
  ['orders', 'rate-limit-path medium'],
  ['/orders/*', 'rate-limit-path medium'],
])('the path %s of a bucket: %s', (path, expected) => {
  const local = { defaultBucket: bucket('1s'), buckets: [{ path, bucket: bucket('1s') }] };
  expect(rateLimitProblems({ spec: { local } }).map(({ id, severity }) => `${id} ${String(severity)}`)).toEqual([expected]);
});

const named = (name: string, labels: string) => exampleRateLimit(defaultBucket(), '', name, labels);
test.each([
  ['equal labels', 'a: b', 'a: b', 1],
  ['labels that hold the others', 'a: b', 'c: d, a: b', 1],
  ['labels that no known Pod has both of', 'a: b', 'c: d', 0],
  ['labels that one known Pod has both of', 'app: orders', 'tier: web', 1],
  ['another value', 'a: b', 'a: c', 0],
])('two RateLimits with %s', (_, one, other, count) => {
  const text = [named('one', one), named('two', other), exampleDeployment('tier: web')].join('---\n');
  expect(findingsOf(rateLimitOverlap, text)).toHaveLength(count);
});
