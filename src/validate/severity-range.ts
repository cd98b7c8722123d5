import { severities, type Severity } from '../model/check-result';
import type { RuleFacts } from './rule';

/** The severities that findings of a rule can have, the mildest first. */
export function severitiesOfRule({ severity, also = {} }: Pick<RuleFacts, 'severity' | 'also'>): Severity[] {
  return severities.filter((one) => one === severity || one in also).toReversed();
}

/** The same for a table: `medium`, or `low to high`. */
export function severityRange(rule: Pick<RuleFacts, 'severity' | 'also'>): string {
  const all = severitiesOfRule(rule);
  return all.length === 1 ? rule.severity : `${all[0] ?? ''} to ${all.at(-1) ?? ''}`;
}

/** The same as a sentence: `medium; high when credentials are allowed`. */
export function severityWords({ severity, also = {} }: Pick<RuleFacts, 'severity' | 'also'>): string {
  return [severity, ...severities.flatMap((one) => (also[one] === undefined ? [] : [`${one} ${also[one]}`]))].join('; ');
}
