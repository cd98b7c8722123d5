import type { JsonObject } from '../../../model/json';
import { objectAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf } from '../../../model/object-ref';
import { groupBy } from '../../../model/group-by';
import { objectsIn, objectsOf } from '../../objects-of';
import { podTemplateOf } from '../../../model/sidecar-of';
import type { Finding, SetInput, SetRule } from '../../rule';
import { documents } from './example-gateway-objects';
import { defaultBucket, exampleRateLimit } from './rate-limit-rule';

const kind = 'RateLimit.gateway.kyma-project.io';
const podKinds = ['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps', 'Pod.', 'Function.serverless.kyma-project.io'];
/** More RateLimits than one namespace has; beyond it only equal selectors are compared. */
const pairLimit = 300;

const first = exampleRateLimit(defaultBucket());

export const rateLimitOverlap: SetRule = {
  id: 'rate-limit-overlap',
  layer: 'controller',
  severity: 'high',
  title: 'No Pod has two RateLimits',
  why: 'The controller refuses the RateLimit that it looks at later, so one of the two limits nothing.',
  fix: 'Put the buckets of one workload into one RateLimit.',
  refs: ['Kyma documentation, RateLimit custom resource, selectorLabels'],
  bad: documents(first, exampleRateLimit(defaultBucket(), '', 'second', 'app: orders, tier: backend')),
  good: documents(first, exampleRateLimit(defaultBucket(), '', 'second', 'app: items')),
  *checkSet(input) {
    for (const limits of groupBy(objectsOf(input, kind), namespaceOf).values()) yield* overlaps(input, limits);
  },
};

function* overlaps(input: SetInput, limits: readonly Manifest[]): Generator<Finding> {
  const bySelector = [...groupBy(limits, (limit) => JSON.stringify(Object.entries(selectorOf(limit)).sort())).values()];
  for (const [one, ...others] of bySelector) if (one) for (const other of others) yield finding(one, other);
  const distinct = bySelector.flatMap(([one]) => (one ? [one] : []));
  if (distinct.length < 2 || distinct.length > pairLimit) return;
  const pods = podLabels(input, namespaceOf(distinct[0] ?? {}));
  for (const [index, later] of distinct.entries()) {
    const earlier = distinct.slice(0, index).find((candidate) => shareAPod(selectorOf(candidate), selectorOf(later), pods));
    if (earlier) yield finding(earlier, later);
  }
}

/** Labels of one selector that hold those of the other as well, or of Pods that both select. */
function shareAPod(one: JsonObject, other: JsonObject, pods: readonly JsonObject[]): boolean {
  return selects(one, other) || selects(other, one) || pods.some((labels) => selects(one, labels) && selects(other, labels));
}

function selects(selector: JsonObject, labels: JsonObject): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function selectorOf(limit: Manifest): JsonObject {
  return objectAt(objectAt(limit.body, 'spec'), 'selectorLabels');
}

function podLabels(input: SetInput, namespace: string): JsonObject[] {
  return podKinds.flatMap((podKind) => objectsIn(input, podKind, namespace)).map((manifest) => podTemplateOf(manifest).labels);
}

function finding(earlier: Manifest, later: Manifest): Finding {
  const labels = Object.entries(selectorOf(later)).map(([key, value]) => `${key}: ${textOf(value)}`);
  return {
    manifest: later,
    path: ['spec', 'selectorLabels'],
    message: `selects Pods (${labels.join(', ')}) that RateLimit ${namespaceOf(earlier)}/${earlier.name} selects, too`,
    reason: `failed to validate RateLimit: conflicting with the following RateLimit CRs: ${earlier.name}`,
  };
}
