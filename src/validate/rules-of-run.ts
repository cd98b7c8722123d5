import { UsageError } from '../model/errors';
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
 * @throws {UsageError} ERR_USAGE when a rule is named that does not exist or needs a policy, or when no rule is left: that would be a pass
 */
export function rulesOfRun(options: ValidateOptions): readonly Rule[] {
  checkSelection(ruleReference(), options);
  const named = policyRules().find(({ id }) => options.select?.includes(id));
  if (named && !options.policy) throw new UsageError(`the rule ${named.id} needs a policy`, 'Name the file with --policy FILE.');
  const rules = [...allRules(options.schemas), ...(options.policy ? policyRules(options.policy) : [])];
  const left = rules.filter((rule) => isSelected(rule, options));
  if (left.length === 0)
    throw new UsageError(
      'no rule is left to run',
      '--ignore goes before --select, and results about suppressions and baselines come with those of other rules.',
    );
  return left;
}
