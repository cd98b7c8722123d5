import { atLeast } from '../model/check-result';
import { formatJsonPath } from '../model/json';
import { kindOf } from './known-kinds';
import type { Finding, ObjectRule, Rule, RuleFacts, SetInput, SetRule, Subject } from './rule';

/** A finding with the rule it breaks. */
export interface Broken {
  readonly rule: RuleFacts;
  readonly finding: Finding;
}

/**
 * What the rules find in one object. What is wrong for the API server is not told again by a later layer: the first layer that finds
 * something at a place speaks for that place.
 */
export function checkObject(rules: readonly ObjectRule[], subject: Subject): Broken[] {
  const kind = kindOf(subject.manifest);
  const told = new Map<string, string>();
  const broken: Broken[] = [];
  for (const rule of rules.filter(({ kinds }) => kinds.includes(kind) || kinds.includes('*'))) {
    const findings = guarded(rule, subject.manifest, () => rule.check(subject));
    const only = findings.find(({ alone }) => alone === true);
    if (only) return [{ rule, finding: only }];
    for (const finding of findings) {
      const place = formatJsonPath(finding.path);
      const by = told.get(place) ?? rule.layer;
      if (isTold(rule, finding)) told.set(place, by);
      if (by === rule.layer || rule.layer === 'security') broken.push({ rule, finding });
    }
  }
  return broken;
}

/** A remark, or what could not be told, leaves the place to later layers. */
function isTold(rule: RuleFacts, { severity = rule.severity, undecided, skipped }: Finding): boolean {
  return atLeast(severity, 'medium') && undecided !== true && skipped !== true;
}

/** What the rules find in all objects together. */
export function checkSet(rules: readonly SetRule[], input: SetInput): Broken[] {
  return rules.flatMap((rule) => {
    const [first] = input.manifests;
    if (!first) return [];
    return guarded(rule, first, () => [...rule.checkSet(input)])
      .filter(({ manifest }) => input.isReported(manifest))
      .map((finding) => ({ rule, finding }));
  });
}

export function isSetRule(rule: Rule): rule is SetRule {
  return 'checkSet' in rule;
}

/** A rule that fails at its own job could not tell, which is never a pass. */
function guarded(rule: RuleFacts, manifest: Finding['manifest'], check: () => readonly Finding[]): readonly Finding[] {
  try {
    return check();
  } catch (error) {
    const message = `the rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`;
    return [{ manifest, path: [], message, undecided: true, fix: 'Report it with the manifest; it is a defect of kyma-guard.' }];
  }
}
