import { policyRules } from './policy/policy-rules';
import type { Rule, RuleFacts } from './rule';
import { allRules } from './rules/all-rules';
import { checkSelection, isSelected } from './select-rules';
import { suppressionRules } from './suppress/suppression-rules';
import type { ValidateOptions } from './validate-input';

/** Everything that a result of `validate` can say, for the reference, `--list` and `--explain`. */
export function ruleReference(): readonly RuleFacts[] {
  return [...allRules(), ...policyRules(), ...suppressionRules];
}

/**
 * The rules of a run: those that are selected; those of the policy only when there is one.
 * @throws {UsageError} ERR_USAGE when a rule is named that does not exist
 */
export function rulesOfRun(options: ValidateOptions): readonly Rule[] {
  checkSelection(ruleReference(), options);
  const rules = [...allRules(options.schemas), ...(options.policy ? policyRules(options.policy) : [])];
  return rules.filter((rule) => isSelected(rule, options));
}
