import { securityFactRules } from '../../../src/validate/rules/security/security-fact-rules';
import { findingsOf } from '../../support/rule-findings';

test.each(securityFactRules.map((rule) => [rule.id, rule] as const))('%s reports its bad example and not its good one', (_, rule) => {
  expect(findingsOf(rule, rule.bad)).not.toEqual([]);
  expect(findingsOf(rule, rule.good)).toEqual([]);
});

test('each id is used once', () => {
  const ids = securityFactRules.map(({ id }) => id);
  expect([...new Set(ids)]).toEqual(ids);
});
