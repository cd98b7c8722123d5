import type { CheckResult } from '../model/check-result';
import type { Manifest } from '../model/manifest';
import type { Rule, RuleFacts } from './rule';
import { objectRef } from '../model/object-ref';
import { ruleReference } from './rules-of-run';
import { isSelected } from './select-rules';
import { AcceptedFindings } from '../model/accepted-findings';
import { entryMatch, isLookedAt } from './suppress/entry-match';
import type { AcceptedFinding, Baseline, BaselineFiles } from './suppress/baseline';
import { notice } from './suppress/notice';
import { suppress } from './suppress/suppress';
import { baselineExpired, baselineStale, suppressionRules } from './suppress/suppression-rules';
import type { ValidateOptions } from './validate-input';

interface Findings {
  readonly findings: readonly CheckResult[];
  /** Objects that were checked. */
  readonly manifests: readonly Manifest[];
  /** Rules that ran. */
  readonly rules: readonly Rule[];
  /** What could not be read: nobody knows what it holds. */
  readonly unread: readonly CheckResult[];
  /** Digest over what a finding speaks of, for baselines. */
  readonly contentOf: (finding: CheckResult) => string | undefined;
}

/** Decides which findings count: annotations, configuration and baseline against policy and calendar. */
export function settleFindings(
  { findings, manifests, rules, unread, contentOf }: Findings,
  options: ValidateOptions,
): { results: CheckResult[]; baseline?: Baseline } {
  const { baseline, baselineUse = 'keep', policy, failOn = 'medium', today = new Date().toISOString().slice(0, 10) } = options;
  const ids = new Set(rules.map(({ id }) => id));
  const ran = (id: string): boolean => ids.has(id);
  const known = new Set(ruleReference().map(({ id }) => id));
  for (const { id } of suppressionRules) known.delete(id);
  // An entry of a rule that no longer exists is stale as well.
  const decided = (id: string): boolean => ran(id) || !known.has(id);
  const objects = new Set(manifests.map((manifest) => objectRef(manifest)));
  const files = options.baselineFiles && { files: readFiles(options.baselineFiles, unread) };
  const run = { contentOf, ran: decided, objects, ...files };
  const accepted = baseline && new AcceptedFindings(baseline, baselineUse, today, entryMatch(run));
  const configured = options.suppressions ?? [];
  const settled = suppress({
    ...{ findings, manifests, configured, today, failOn, known, ran },
    ...(accepted && { accepted }),
    ...(policy && { policy }),
  });
  const tell = (rule: RuleFacts, { id, object, path, message }: AcceptedFinding, says: string): CheckResult => {
    const file = baseline?.file === undefined ? {} : { file: baseline.file };
    const where = { ...file, ...(object !== undefined && { object }), ...(path !== undefined && { path }) };
    return notice(rule, where, `${id} was accepted ${says}: ${message}`, failOn);
  };
  const stale = baselineUse === 'keep' ? (accepted?.stale(isLookedAt(run)) ?? []) : [];
  const expired = baselineUse !== 'update' ? (accepted?.expired(isLookedAt(run)) ?? []) : [];
  const notices = [
    ...expired.map((entry) => tell(baselineExpired, entry, `until ${entry.until ?? ''}, which is over`)),
    ...stale.map((entry) => tell(baselineStale, entry, 'and no longer occurs')),
  ];
  const hidden = suppressionRules.filter((rule) => !isSelected(rule, options)).map(({ id }) => id);
  const results = [...settled, ...notices].filter(({ id }) => !hidden.includes(id));
  return { results, ...(accepted && { baseline: accepted.after(isLookedAt(run)) }) };
}

/** Entries of a file that could not be read to its end may still hold. */
function readFiles({ nameOf, covers }: BaselineFiles, unread: readonly CheckResult[]): BaselineFiles {
  const broken = new Set(unread.map(({ where }) => nameOf(where.file ?? '')));
  return { nameOf, covers: (name) => covers(name) && !broken.has(name) };
}
