import { securityFactRules } from '../../../src/validate/rules/security/security-fact-rules';
import { testRuleExamples } from '../../support/rule-examples';

testRuleExamples(securityFactRules);

test('each id is used once', () => {
  const ids = securityFactRules.map(({ id }) => id);
  expect([...new Set(ids)]).toEqual(ids);
});
