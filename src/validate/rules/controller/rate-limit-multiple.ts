import { bucketFor, defaultBucket, exampleRateLimit, rateLimitRule } from './rate-limit-rule';

const headers = 'headers: { x-kind: batch }';

export const rateLimitMultiple = rateLimitRule({
  id: 'rate-limit-multiple',
  severity: 'high',
  title: 'Every bucket is filled at a multiple of the interval of the default bucket',
  why: 'The controller refuses the RateLimit, so nothing limits the calls.',
  fix: 'Give a multiple of the fillInterval of defaultBucket.',
  refs: ['Kyma documentation, RateLimit custom resource, fillInterval'],
  bad: exampleRateLimit(`${defaultBucket('40s')}, ${bucketFor(headers, '1m')}`),
  good: exampleRateLimit(`${defaultBucket('30s')}, ${bucketFor(headers, '1m')}`),
});
