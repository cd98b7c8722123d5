import { defaultBucket, exampleRateLimit, rateLimitRule } from './rate-limit-rule';

export const rateLimitObserve = rateLimitRule({
  id: 'rate-limit-observe',
  severity: 'info',
  title: 'Rate limits are enforced',
  why: 'With enforce: false calls beyond the limit only show in the metrics of the proxy.',
  fix: 'Remove enforce, or set it to true, once the numbers are right.',
  refs: ['Kyma documentation, RateLimit custom resource, enforce'],
  bad: exampleRateLimit(defaultBucket(), ', enforce: false'),
  good: exampleRateLimit(defaultBucket(), ', enforce: true'),
});
