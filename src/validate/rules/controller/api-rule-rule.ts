import { problemRule } from '../../problem-rule';
import type { ObjectRule, RuleFacts } from '../../rule';

/** A rule for APIRules whose check stands in `model`: it gives the words of the controller where the controller has some. */
export function apiRuleRule(facts: Omit<RuleFacts, 'layer'>): ObjectRule {
  return problemRule({ ...facts, layer: 'controller', kinds: ['APIRule.gateway.kyma-project.io'] });
}
