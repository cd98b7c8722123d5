import { defaultBucket, exampleRateLimit, rateLimitRule } from './rate-limit-rule';

export const rateLimitInterval = rateLimitRule({
  id: 'rate-limit-interval',
  severity: 'high',
  title: 'Buckets are filled every 50 milliseconds or less often',
  why: 'The controller refuses the RateLimit, so nothing limits the calls.',
  fix: 'Give 50ms or more.',
  refs: ['Kyma documentation, RateLimit custom resource, fillInterval'],
  bad: exampleRateLimit(defaultBucket('49ms')),
  good: exampleRateLimit(defaultBucket('50ms')),
});
