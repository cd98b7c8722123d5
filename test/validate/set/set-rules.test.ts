import { setRules } from '../../../src/validate/rules/set/set-rules';
import { findingsOf } from '../../support/rule-findings';

test.each(setRules.map((rule) => [rule.id, rule] as const))('%s reports its bad example and not its good one', (_, rule) => {
  expect(findingsOf(rule, rule.bad)).not.toEqual([]);
  expect(findingsOf(rule, rule.good)).toEqual([]);
});

test('each id is used once', () => {
  const ids = setRules.map(({ id }) => id);
  expect([...new Set(ids)]).toEqual(ids);
});
