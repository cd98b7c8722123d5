import { apiRuleFaults } from '../api-rule-checks';
import type { JsonObject } from '../json';
import { textOf } from '../json-fields';
import type { Problem } from '../problem';
import { apiRuleAdvice } from './api-rule-advice';
import { statusLimitProblems } from './status-limit';

/**
 * Everything that one APIRule tells by itself: what is refused, in all its places, and what is worth a word. What only a search over requests
 * finds is not among it. Versions that Kyma no longer serves have another form and are left to those who report them as such.
 */
export function apiRuleReport(body: JsonObject): Problem[] {
  if (!/\/v2(?:alpha1)?$/.test(textOf(body['apiVersion']))) return [];
  const faults = apiRuleFaults(body);
  return [...faults, ...apiRuleAdvice(body), ...statusLimitProblems(faults)];
}
