import type { CheckResult, Severity } from '../../src/model/check-result';
import type { RuleFacts } from '../../src/validate/rule';
import { ruleReference } from '../../src/validate/rules-of-run';
import { severitiesOfRule } from '../../src/validate/severity-range';

const rules = new Map(ruleReference().map((rule) => [rule.id, rule]));

/** Stops a test whose finding has a severity that its rule does not tell of: `--list` and the reference would be wrong. */
export function requireToldSeverity(rule: RuleFacts, severity: Severity): void {
  if (!severitiesOfRule(rule).includes(severity))
    throw new Error(`${rule.id} has a finding of ${severity}, of which the rule does not tell`);
}

/** The same for results of validate. */
export function requireToldSeverities(results: readonly CheckResult[]): void {
  for (const { id, severity } of results) {
    const rule = rules.get(id);
    if (rule) requireToldSeverity(rule, severity);
  }
}
