import { atLeast, checkResult, type CheckResult, type Severity, type Where } from '../../model/check-result';
import type { RuleFacts } from '../rule';

/** A result about a suppression itself. */
export function notice(rule: RuleFacts, where: Where, message: string, failOn: Severity): CheckResult {
  const { id, severity, title, fix } = rule;
  const status = atLeast(severity, failOn) ? 'fail' : 'warn';
  return checkResult({ id, status, severity, title, message, fix, docs: `docs/checks.md#${id}`, where });
}
