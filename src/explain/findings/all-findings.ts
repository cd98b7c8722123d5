import { checkResult, type CheckResult, type Severity } from '../../model/check-result';
import { whereOf } from '../../model/object-ref';
import { apiRuleError } from './api-rule-error';
import { apiRuleRefused } from './api-rule-refused';
import { apiRuleNotReconciled } from './api-rule-not-reconciled';
import { apiRuleV1beta1 } from './api-rule-v1beta1';
import { apiRuleWithoutObjects } from './api-rule-without-objects';
import type { LiveCheck, LiveFinding, LiveInput } from './finding';
import { foreignAuthentication } from './foreign-authentication';
import { foreignPolicy } from './foreign-policy';
import { foreignVirtualService } from './foreign-virtual-service';
import { objectDiffers } from './object-differs';
import { orphanedObject } from './orphaned-object';
import { podWithoutSidecar } from './pod-without-sidecar';
import { statusFor } from './status-for';

/** Every check of `explain`, in the order in which a report shows them. */
export const liveChecks: readonly LiveCheck[] = [
  apiRuleError,
  apiRuleRefused,
  apiRuleV1beta1,
  apiRuleNotReconciled,
  apiRuleWithoutObjects,
  objectDiffers,
  foreignVirtualService,
  foreignPolicy,
  foreignAuthentication,
  orphanedObject,
  podWithoutSidecar,
];

/** What the checks find. Without a threshold nothing is a failure: `explain` shows, it does not judge. */
export function liveResults(input: LiveInput, failOn: Severity | undefined): CheckResult[] {
  const own = new Set(input.reported);
  return liveChecks.flatMap((check) =>
    check
      .check(input)
      .filter(({ manifest }) => own.has(manifest))
      .map((finding) => resultOf(check, finding, failOn)),
  );
}

function resultOf(check: LiveCheck, finding: LiveFinding, failOn: Severity | undefined): CheckResult {
  const { manifest, path = [], message, severity = check.severity, fix = check.fix, reason, undecided } = finding;
  return checkResult({
    id: check.id,
    status: undecided === true ? 'error' : statusFor(severity, failOn),
    severity,
    title: check.title,
    message,
    fix,
    ...(reason !== undefined && { reason }),
    docs: `docs/explain.md#${check.id}`,
    where: whereOf(manifest, path),
  });
}
