import type { Rule } from '../../src/validate/rule';
import { findingsOf } from './rule-findings';

/** Every rule must report its own bad example and be silent on its good one. */
export function testRuleExamples(rules: readonly Rule[]): void {
  test.each(rules.map((rule) => [rule.id, rule] as const))('%s reports its bad example and not its good one', (_, rule) => {
    expect(findingsOf(rule, rule.bad)).not.toEqual([]);
    expect(findingsOf(rule, rule.good)).toEqual([]);
  });
}
