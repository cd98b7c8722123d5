import type { ObjectRule, RuleFacts } from '../../rule';
import type { SchemaCheck } from '../../schema/check-schema';
import type { SchemaRuleId } from '../../schema/schema-finding';

/** What a rule of this layer says about itself. */
export type SchemaRuleFacts = Omit<RuleFacts, 'layer' | 'id'> & { readonly id: SchemaRuleId };

/** A rule whose findings come from the one pass over each object. */
export function schemaRule(facts: SchemaRuleFacts, check: SchemaCheck): ObjectRule {
  return { ...facts, layer: 'schema', kinds: ['*'], check: (subject) => check.findings(subject, facts.id) };
}
