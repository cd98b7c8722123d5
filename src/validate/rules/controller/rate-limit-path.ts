import { bucketFor, defaultBucket, exampleRateLimit, rateLimitRule } from './rate-limit-rule';

export const rateLimitPath = rateLimitRule({
  id: 'rate-limit-path',
  severity: 'info',
  also: { medium: 'for a path that never matches' },
  title: 'It is known which calls the bucket of a path counts',
  why: 'The path is compared with everything that stands in the request line, the query included. Whoever adds a query counts in the default bucket instead.',
  fix: 'Keep the default bucket as narrow as the workload needs, or match by headers.',
  refs: ['Kyma documentation, RateLimit custom resource, path', 'CWE-770'],
  bad: exampleRateLimit(`${defaultBucket()}, ${bucketFor('path: /orders')}`),
  good: exampleRateLimit(`${defaultBucket()}, ${bucketFor('headers: { x-kind: batch }')}`),
});
