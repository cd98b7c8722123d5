import { checkResult, type CheckResult } from '../model/check-result';
import { NothingFoundError } from '../model/errors';
import type { JsonObject } from '../model/json';
import type { Manifest } from '../model/manifest';
import { objectRef } from '../model/object-ref';
import { isKnownKind, kindOf } from './known-kinds';
import { inOrder } from './in-order';
import { resultOf } from './result-of';
import type { ObjectRule } from './rule';
import { rulesOfRun } from './rules-of-run';
import { checkObject, checkSet, isSetRule, type Broken } from './run-rules';
import { setInput } from './set-input';
import { settleFindings } from './settle-findings';
import { subjectOf } from './subject';
import { findingContent } from './suppress/finding-content';
import type { ValidateInput, ValidateOutcome } from './validate-input';

export { withSchemas } from './schema/crd-schemas';
export type { ValidateInput, ValidateOptions, ValidateOutcome } from './validate-input';

/**
 * Says what the API server, the controllers and an attacker would say of manifests, without a cluster. Objects are checked one by one as
 * they come; only those of kinds that rules look at together are kept.
 *
 * @throws {NothingFoundError} ERR_NOTHING_FOUND when there is no document at all, or none that a rule looks at
 * @throws {UsageError} ERR_USAGE when a rule is named that does not exist
 */
export async function runValidate({ documents, options = {} }: ValidateInput): Promise<ValidateOutcome> {
  const rules = rulesOfRun(options);
  const kept: Manifest[] = [];
  const unread: CheckResult[] = [];
  const findings: CheckResult[] = [];
  const skipped = new Map<string, number>();
  const earlier = new Map((options.against ?? []).map((manifest) => [keyOf(manifest), manifest]));
  const objectRules = rules.filter((rule): rule is ObjectRule => !isSetRule(rule));
  const failOn = options.failOn ?? 'medium';
  const contents = new Map<CheckResult, string>();
  const report = ({ rule, finding }: Broken): void => {
    const result = resultOf(rule, finding, failOn);
    const content = options.baseline && findingContent(finding);
    if (content !== undefined) contents.set(result, content);
    findings.push(result);
  };
  let total = 0;
  for await (const document of documents) {
    if ('problem' in document) {
      unread.push(document.problem);
      // Files of other programs are told, but hold nothing that could have been checked.
      if (document.problem.status !== 'skip') total += 1;
      continue;
    }
    total += 1;
    const { manifest } = document;
    if (!isKnownKind(manifest, options.schemas?.kinds)) {
      skipped.set(kindOf(manifest), (skipped.get(kindOf(manifest)) ?? 0) + 1);
      continue;
    }
    kept.push(manifest);
    checkObject(objectRules, subjectOf(manifest, earlier.get(keyOf(manifest)))).forEach(report);
  }
  if (total === 0) throw new NothingFoundError('no document is in the input');
  // A file that was passed over is told, but it does not make a run without a manifest a good one.
  const judged = kept.length + unread.filter(({ status }) => status !== 'skip').length;
  if (judged === 0) throw nothingToJudge(skipped);
  checkSet(rules.filter(isSetRule), setInput(kept, options)).forEach(report);
  const contentOf = (finding: CheckResult): string | undefined => contents.get(finding);
  const { results, baseline } = settleFindings({ findings: inOrder(findings), manifests: kept, rules, unread, contentOf }, options);
  return {
    results: [...unread, ...results, ...skippedResults(skipped)],
    data: dataOf(total, kept.length, skipped),
    ...(baseline && { baseline }),
  };
}

function keyOf(manifest: Manifest): string {
  return `${kindOf(manifest)} ${objectRef(manifest)}`;
}

function nothingToJudge(skipped: ReadonlyMap<string, number>): NothingFoundError {
  const total = [...skipped.values()].reduce((sum, count) => sum + count, 0);
  const kinds = [...skipped.keys()].sort().map((kind) => kind.replace(/\.$/, ''));
  const shown = kinds.length > 5 ? `${kinds.slice(0, 5).join(', ')} and ${kinds.length - 5} more kinds` : kinds.join(', ');
  return new NothingFoundError(
    `no rule looks at ${total === 1 ? 'the one object' : `any of the ${total} objects`} in the input (${shown})`,
    'Check the path. Objects of your own kinds are checked against their definition: give it with --crd FILE.',
  );
}

/** Kinds that no rule looks at are counted, never silently dropped. */
function skippedResults(skipped: ReadonlyMap<string, number>): CheckResult[] {
  return [...skipped].sort().map(([kind, count]) =>
    checkResult({
      id: 'kind-not-checked',
      status: 'skip',
      severity: 'info',
      title: 'Objects of other kinds are not checked',
      message: `${count} ${count === 1 ? 'object' : 'objects'} of kind ${kind.replace(/\.$/, '')}; no rule looks at this kind`,
      where: { object: kind },
    }),
  );
}

function dataOf(documents: number, checked: number, skipped: ReadonlyMap<string, number>): JsonObject {
  return { documents, checked, skippedKinds: Object.fromEntries([...skipped].sort()) };
}
