import { atLeast, checkResult, type CheckResult, type Severity, type Status } from '../model/check-result';
import { whereOf } from '../model/object-ref';
import type { Finding, RuleFacts } from './rule';

/** A finding as a result: `fail` from the threshold on, `warn` below it, `error` when the rule could not tell, `skip` when it was not asked. */
export function resultOf(rule: RuleFacts, finding: Finding, failOn: Severity): CheckResult {
  const severity = finding.severity ?? rule.severity;
  const { message, fix = rule.fix, reason, request, expected, actual, curl } = finding;
  return checkResult({
    id: rule.id,
    status: statusOf(finding, severity, failOn),
    severity,
    title: rule.title,
    message,
    fix,
    docs: `docs/checks.md#${rule.id}`,
    where: whereOf(finding.manifest, finding.path, { excerpt: true }),
    ...(request !== undefined && { request }),
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
    ...(reason !== undefined && { reason }),
    ...(curl !== undefined && { curl }),
  });
}

function statusOf({ undecided, skipped }: Finding, severity: Severity, failOn: Severity): Status {
  if (undecided === true) return 'error';
  if (skipped === true) return 'skip';
  return atLeast(severity, failOn) ? 'fail' : 'warn';
}
