import { problemRule } from '../../problem-rule';
import type { ObjectRule, RuleFacts } from '../../rule';

/** A rule for RateLimits whose check stands in `model`. */
export function rateLimitRule(facts: Omit<RuleFacts, 'layer'>): ObjectRule {
  return problemRule({ ...facts, layer: 'controller', kinds: ['RateLimit.gateway.kyma-project.io'] });
}

/** A RateLimit `shop/NAME` for the examples of rules; `spec` as further members of a flow mapping. */
export function exampleRateLimit(local: string, more = '', name = 'orders', labels = 'app: orders'): string {
  return `apiVersion: gateway.kyma-project.io/v1alpha1
kind: RateLimit
metadata: { name: ${name}, namespace: shop }
spec: { selectorLabels: { ${labels} }, local: { ${local} }${more} }
`;
}

/** Default bucket of the examples, as a member of a flow mapping. */
export function defaultBucket(fillInterval = '1s'): string {
  return `defaultBucket: { maxTokens: 10, tokensPerFill: 10, fillInterval: ${fillInterval} }`;
}

/** Another bucket of the examples, as a member of a flow mapping. */
export function bucketFor(match: string, fillInterval = '1s'): string {
  return `buckets: [{ ${match}, bucket: { maxTokens: 2, tokensPerFill: 2, fillInterval: ${fillInterval} } }]`;
}
