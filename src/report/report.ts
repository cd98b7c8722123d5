import { summarize, type CheckResult, type Severity, type Summary } from '../model/check-result';
import type { JsonObject, JsonValue } from '../model/json';
import { readShardFacts } from '../model/shards';

/** Facts about one run. Offline verbs omit `id` and `startedAt`, so that the same input gives the same bytes. */
export interface RunFacts {
  readonly labels: Readonly<Record<string, string>>;
  /** SHA-256 over the input, in hex. */
  readonly inputDigest: string;
  /** Run id that was sent with each request, for the target's logs. */
  readonly id?: string;
  /** ISO 8601, UTC. */
  readonly startedAt?: string;
  /** Where the requests came from. */
  readonly vantage?: string;
}

/** What a verb found, ready to be shown in any format. The JSON form of it is a published contract. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'kyma-guard'; readonly version: string };
  readonly verb: string;
  readonly run: RunFacts;
  readonly summary: Summary;
  readonly results: readonly CheckResult[];
  readonly data?: JsonObject;
}

/** What a report is made of; the summary is counted from the results. */
export type ReportParts = Pick<Report, 'verb' | 'run' | 'results' | 'data'> & { readonly version: string };

/** Puts a report together; results are in the order in which the verb gave them. */
export function createReport({ verb, run, results, data, version }: ReportParts): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'kyma-guard', version },
    verb,
    run,
    summary: summarize(results),
    results,
    ...(data && { data }),
  };
}

/** What a rule or probe says about itself, for formats that describe what they report. Never part of the published JSON. */
export interface RuleDescription {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** What goes wrong otherwise. */
  readonly why: string;
  readonly fix: string;
  /** Page and anchor, relative to the root of the package. */
  readonly docs?: string;
  readonly refs: readonly string[];
}

/** How many objects an offline verb looked at. @default - undefined, the verb does not count them */
export function checkedObjects({ data }: Report): number | undefined {
  const checked = data?.['checked'];
  return typeof checked === 'number' ? checked : undefined;
}

/** Lines for people that a verb adds below its results. */
export function notesOf({ data }: Report): readonly string[] {
  return [...(readShardFacts(data)?.notes ?? []), ...textsOf(data?.['notes'])];
}

/** The number of the one shard that a report is of; undefined for a whole run and for several shards. */
export function partName({ data }: Report): string | undefined {
  const shard = readShardFacts(data);
  const [only, ...others] = shard?.have ?? [];
  return shard === undefined || shard.of === 1 || only === undefined || others.length > 0 ? undefined : String(only);
}

/** The texts in a list. */
export function textsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
