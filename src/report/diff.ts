import type { CheckResult, Status } from '../model/check-result';
import { UsageError } from '../model/errors';
import type { JsonObject } from '../model/json';
import { isFinding } from './order';
import { keyOf, rankOf } from './merge';
import type { Report } from './report';

/** What became of a result. `unclear`: it was a failure, and now nobody can tell. */
export type Change = 'worse' | 'new' | 'unclear' | 'better' | 'gone';

/** What changed from one report to the next. */
export interface ReportDiff {
  /** A result per change: what got worse fails, what got better passes. */
  readonly results: readonly CheckResult[];
  readonly data: JsonObject;
}

/**
 * Compares two reports of one verb; a newer version of the tool may have written the second.
 * @throws {UsageError} ERR_USAGE when they are of different verbs
 */
export function diffReports(before: Report, after: Report): ReportDiff {
  if (before.verb !== after.verb) throw new UsageError(`a report of ${before.verb} and one of ${after.verb} cannot be compared`);
  const old = new Map(before.results.map((result) => [keyOf(result), result]));
  const now = new Map(after.results.map((result) => [keyOf(result), result]));
  const changes = [
    ...[...now].flatMap(([key, result]) => changed(old.get(key), result)),
    ...[...old].flatMap(([key, result]) => (now.has(key) ? [] : [gone(result)])),
  ];
  const order: readonly Change[] = ['worse', 'new', 'unclear', 'gone', 'better'];
  const sorted = changes.toSorted((a, b) => order.indexOf(a.change) - order.indexOf(b.change));
  const counts = Object.fromEntries(order.map((change) => [change, changes.filter((one) => one.change === change).length]));
  const unchanged = [...now].filter(([key, result]) => changed(old.get(key), result).length === 0).length;
  const notes = [`${order.map((change) => `${counts[change] ?? 0} ${change}`).join(', ')}, ${unchanged} unchanged`];
  return { results: sorted.map(({ result }) => result), data: { diff: { ...counts, unchanged }, notes } };
}

interface Told {
  readonly change: Change;
  readonly result: CheckResult;
}

function changed(before: CheckResult | undefined, result: CheckResult): Told[] {
  if (!before) return [{ change: 'new', result: told(result, result.status, `new: ${sayOf(result)}`) }];
  const [was, is] = [rankOf(before), rankOf(result)];
  // Other words for the same are no change.
  if (was === is) return [];
  const message = `was ${sayOf(before)}; is ${sayOf(result)}`;
  if (is < was) return [{ change: 'worse', result: told(result, 'fail', message) }];
  if (isFinding(before) && isUntold(before, result)) return [{ change: 'unclear', result: told(result, 'error', message) }];
  return [{ change: 'better', result: told(result, result.suppressed ? 'skip' : 'pass', message) }];
}

/** True where nobody can tell any more what was found; that it may stay undecided takes no failure away. */
function isUntold(before: CheckResult, { status, suppressed }: CheckResult): boolean {
  const isAccepted = suppressed !== undefined && (suppressed.by !== 'option' || before.status === 'error');
  return status === 'error' || (status === 'skip' && !isAccepted);
}

/** What was proven or found and is not asked any more; a finding that is gone from a manifest is what one hopes for. */
function gone(result: CheckResult): Told {
  const isLost = result.status === 'pass';
  return { change: 'gone', result: told(result, isLost ? 'warn' : 'pass', `gone: was ${sayOf(result)}`) };
}

function told(result: CheckResult, status: Status, message: string): CheckResult {
  return { ...result, status, message };
}

function sayOf({ status, severity, suppressed, message, title }: CheckResult): string {
  const word = suppressed
    ? 'accepted'
    : { fail: 'failed', error: 'could not tell', warn: 'warned', skip: 'skipped', pass: 'passed' }[status];
  return `${word}${status === 'fail' || status === 'warn' ? ` (${severity})` : ''}, ${message || title}`;
}
