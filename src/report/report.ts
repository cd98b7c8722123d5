import { summarize, type CheckResult, type Summary } from '../model/check-result';
import type { JsonObject } from '../model/json';

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
