import type { CheckResult } from '../model/check-result';
import type { Manifest } from '../model/manifest';
import type { Rule } from './rule';
import { ruleReference } from './rules-of-run';
import { isSelected } from './select-rules';
import { AcceptedFindings } from '../model/accepted-findings';
import type { Baseline } from '../model/baseline';
import { notice } from './suppress/notice';
import { suppress } from './suppress/suppress';
import { baselineStale, suppressionRules } from './suppress/suppression-rules';
import type { ValidateOptions } from './validate-input';

interface Findings {
  readonly findings: readonly CheckResult[];
  /** Objects that were checked. */
  readonly manifests: readonly Manifest[];
  /** Rules that ran. */
  readonly rules: readonly Rule[];
}

/** Decides which findings count: annotations, configuration and baseline against policy and calendar. */
export function settleFindings(
  { findings, manifests, rules }: Findings,
  options: ValidateOptions,
): { results: CheckResult[]; baseline?: Baseline } {
  const { baseline, baselineUse = 'keep', policy, failOn = 'medium', today = new Date().toISOString().slice(0, 10) } = options;
  const ids = new Set(rules.map(({ id }) => id));
  const ran = (id: string): boolean => ids.has(id);
  const known = new Set(ruleReference().map(({ id }) => id));
  for (const { id } of suppressionRules) known.delete(id);
  const accepted = baseline && new AcceptedFindings(baseline, baselineUse, today);
  const configured = options.suppressions ?? [];
  const settled = suppress({
    ...{ findings, manifests, configured, today, failOn, known, ran },
    ...(accepted && { accepted }),
    ...(policy && { policy }),
  });
  // An entry of a rule that no longer exists is stale as well.
  const decided = ({ id }: { readonly id: string }): boolean => ran(id) || !known.has(id);
  const stale = baselineUse === 'keep' ? (accepted?.stale(decided) ?? []) : [];
  const file = baseline?.file === undefined ? {} : { file: baseline.file };
  const notices = stale.map(({ id, object, path, message }) => {
    const where = { ...file, ...(object !== undefined && { object }), ...(path !== undefined && { path }) };
    return notice(baselineStale, where, `${id} was accepted and no longer occurs: ${message}`, failOn);
  });
  const hidden = suppressionRules.filter((rule) => !isSelected(rule, options)).map(({ id }) => id);
  const results = [...settled, ...notices].filter(({ id }) => !hidden.includes(id));
  return { results, ...(accepted && { baseline: accepted.after(decided) }) };
}
