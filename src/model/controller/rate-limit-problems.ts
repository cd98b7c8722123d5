import type { JsonObject, JsonPath } from '../json';
import { objectAt, objectsAt, textOf } from '../json-fields';
import type { Problem } from '../problem';
import { goNanoseconds } from './go-nanoseconds';

/** Shortest interval in nanoseconds that Envoy refills a bucket in. */
const shortestInterval = 50_000_000n;

/** Finds what the controller refuses in a RateLimit, as far as the object itself tells, and what does not do what it looks like. */
export function rateLimitProblems(body: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  const local = objectAt(spec, 'local');
  const path = ['spec', 'local'];
  const buckets = objectsAt(local, 'buckets');
  const usual = intervalOf(objectAt(local, 'defaultBucket'), 'defaultBucket', [...path, 'defaultBucket', 'fillInterval']);
  return [
    ...usual.problems,
    ...buckets.flatMap(([entry, index]) => {
      const name = `bucket '[${index}]'`;
      const at = [...path, 'buckets', index, 'bucket', 'fillInterval'];
      const { interval, problems } = intervalOf(objectAt(entry, 'bucket'), name, at);
      return [...problems, ...multipleProblems(interval, usual.interval, name, at)];
    }),
    ...buckets.flatMap(([{ path: text }, index]) => pathProblems(textOf(text), [...path, 'buckets', index, 'path'])),
    ...(spec['enforce'] === false
      ? [
          {
            id: 'rate-limit-observe',
            path: ['spec', 'enforce'],
            message: 'is false, so calls beyond the limit are counted and let through',
          },
        ]
      : []),
  ];
}

interface Interval {
  /** In nanoseconds; absent when there is none that the controller takes. */
  readonly interval?: bigint;
  readonly problems: readonly Problem[];
}

function intervalOf(bucket: JsonObject, name: string, path: JsonPath): Interval {
  // A missing one is for the API server to refuse.
  if (bucket['fillInterval'] === undefined) return { problems: [] };
  const text = textOf(bucket['fillInterval']);
  const interval = goNanoseconds(text);
  const id = 'rate-limit-interval';
  if (interval === undefined) {
    return { problems: [{ id, path, message: `"${text}" is no duration; write it as in 100ms, 1s or 1m30s` }] };
  }
  if (interval >= shortestInterval) return { interval, problems: [] };
  const says = refusal(`${name}: fillInterval must be greater or equal 50ms`);
  return { problems: [{ id, path, message: `is ${text}; give 50ms or more`, says }] };
}

function multipleProblems(interval: bigint | undefined, usual: bigint | undefined, name: string, path: JsonPath): Problem[] {
  if (interval === undefined || usual === undefined || interval % usual === 0n) return [];
  const says = refusal(`${name}: fillInterval must be a multiple of defaultBucket fillInterval`);
  return [{ id: 'rate-limit-multiple', path, message: 'is no multiple of the fillInterval of defaultBucket, which it should be', says }];
}

/** The bucket counts calls whose path is exactly this text, query included. */
function pathProblems(text: string, path: JsonPath): Problem[] {
  if (text === '') return [];
  const id = 'rate-limit-path';
  if (!text.startsWith('/'))
    return [{ id, path, message: `"${text}" does not begin with "/", so no call is ever counted here`, severity: 'medium' }];
  if (/[{*]/.test(text))
    return [{ id, path, message: `"${text}" is compared as it is: operators and asterisks stand for themselves`, severity: 'medium' }];
  const message = text.includes('?')
    ? `"${text}" counts calls with exactly this query; any other query counts in defaultBucket`
    : `"${text}" counts calls without query only: a call with one, such as ${text}?a, counts in defaultBucket`;
  return [{ id, path, message }];
}

function refusal(words: string): string {
  return `failed to validate RateLimit: ${words}`;
}
