import { hash } from 'node:crypto';
import type { Family } from './family';

/** What a check found. `error` means "could not tell" and is never counted as a pass. */
export type Status = 'pass' | 'fail' | 'warn' | 'error' | 'skip';

/** How bad a `fail` or `warn` is, worst first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** Place in the user's files. `line` and `column` count from 1; `object` is `Kind namespace/name`. */
export interface Where {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly object?: string;
  readonly path?: string;
  /** The line of the source, without its line break. Never a line that may hold a secret. */
  readonly excerpt?: string;
}

/** What can take a finding out of the count. */
export const suppressors = ['annotation', 'configuration', 'baseline', 'option'] as const;

/** Who took a finding out of the count, and why. */
export interface Suppression {
  /** `option`: what could not be told may stay so, says the command line. */
  readonly by: (typeof suppressors)[number];
  readonly reason: string;
  /** Last day on which it counts, `YYYY-MM-DD`. */
  readonly until?: string;
}

/** The endpoint that a result of `verify` speaks of. */
export interface RouteRef {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly issuer?: string;
}

/** A fact about the user's files or deployment. The tool failing at its own job is an error instead (`errors.ts`). */
export interface CheckResult {
  /** Stable id of the check or probe. */
  readonly id: string;
  /** Stable across runs: 16 hex digits over id, place and route. */
  readonly fingerprint: string;
  readonly status: Status;
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
  readonly fix?: string;
  readonly docs?: string;
  readonly where: Where;
  readonly route?: RouteRef;
  /** What a probe plays with; absent where a result is no probe. */
  readonly family?: Family;
  /** The request line and header names that were sent, without any token. */
  readonly request?: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly reason?: string;
  /** A command that a person can run; the token stands as `$TOKEN`. */
  readonly curl?: string;
  /** Set on a result of status `skip` that would be a finding otherwise. */
  readonly suppressed?: Suppression;
}

/** Completes a result with its fingerprint. */
export function checkResult(result: Omit<CheckResult, 'fingerprint' | 'where'> & { readonly where?: Where }): CheckResult {
  const where = result.where ?? {};
  return { ...result, where, fingerprint: fingerprint(result.id, where, result.route) };
}

function fingerprint(id: string, where: Where, route: RouteRef | undefined): string {
  const place = route ? [route.host, route.path, route.method, route.issuer ?? ''] : [where.file ?? '', where.path ?? ''];
  return hash('sha256', JSON.stringify([id, where.object ?? '', ...place])).slice(0, 16);
}

/** How many results there are of each status. */
export type Summary = Readonly<Record<Status, number>>;

/** Counts results by status. */
export function summarize(results: readonly CheckResult[]): Summary {
  const counts = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 };
  for (const { status } of results) counts[status] += 1;
  return counts;
}

/** True when `severity` is as bad as `threshold` or worse. */
export function atLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
