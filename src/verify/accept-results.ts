import { AcceptedFindings, type BaselineUse } from '../model/accepted-findings';
import { checkResult, type CheckResult } from '../model/check-result';
import { entryMatch, type AcceptedFinding, type Baseline } from './baseline';

/** What decides about results that somebody accepted. */
export interface Acceptance {
  readonly baseline: Baseline;
  readonly use: BaselineUse;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** True when every route of the input was looked at, so that one that is missing does not exist any more. */
  readonly isWhole: boolean;
}

/** The results after acceptance, and the baseline after the run. */
export interface Accepted {
  readonly results: readonly CheckResult[];
  readonly baseline: Baseline;
}

/**
 * Takes accepted results out of the count: they become `skip` and stay in the report. Only what was found is accepted, never what could
 * not be told; what got worse since, or is another finding at the same place, counts.
 */
export function acceptResults(results: readonly CheckResult[], { baseline, use, today, isWhole }: Acceptance): Accepted {
  const accepted = new AcceptedFindings(baseline, use, today, entryMatch);
  const settled = results.map((result): CheckResult => {
    const suppressed = accepted.takes(result);
    return suppressed ? { ...result, status: 'skip', suppressed } : result;
  });
  const decided = decidedBy(results, isWhole);
  const notices = [
    ...(use !== 'update' ? accepted.expired(decided).map((entry) => notice(expired, entry, baseline.file)) : []),
    ...(use === 'keep' ? accepted.stale(decided).map((entry) => notice(stale, entry, baseline.file)) : []),
  ];
  return { results: [...settled, ...notices], baseline: accepted.after(decided) };
}

/** What a run says about an entry that met nothing: it was tried again and did not occur as accepted, or its route is gone. */
function decidedBy(results: readonly CheckResult[], isWhole: boolean): (entry: AcceptedFinding) => boolean {
  const judged = new Set(results.filter(({ status }) => ['pass', 'fail', 'warn'].includes(status)).map(({ fingerprint }) => fingerprint));
  const routes = new Set(results.flatMap(({ route }) => (route ? [`${route.method} ${route.host}${route.path}`] : [])));
  return ({ fingerprint, route }) => judged.has(fingerprint) || (isWhole && route !== undefined && !routes.has(route));
}

const stale = {
  id: 'baseline-stale',
  severity: 'info',
  title: 'Every entry of the baseline still occurs',
  fix: 'Run verify with --prune-baseline.',
  says: 'was accepted and no longer occurs like this',
} as const;

const expired = {
  id: 'baseline-expired',
  severity: 'medium',
  title: 'No entry of the baseline is out of date',
  fix: 'Correct what was accepted, or decide anew and give a later day.',
  says: 'was accepted for a time that is over',
} as const;

function notice({ says, ...facts }: typeof stale | typeof expired, entry: AcceptedFinding, file: string | undefined): CheckResult {
  const { id, route, object, until, message } = entry;
  const place = route ?? object;
  const told = `${id}${place === undefined ? '' : ` at ${place}`} ${says}${until === undefined ? '' : ` (until ${until})`}: ${message}`;
  const where = { ...(file !== undefined && { file }), path: entry.fingerprint };
  return checkResult({ ...facts, status: 'warn', message: told, docs: 'docs/verify.md#baseline', where });
}
