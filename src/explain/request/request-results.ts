import { checkResult, type CheckResult, type Severity } from '../../model/check-result';
import { statusFor } from '../findings/status-for';
import type { Explanation } from './explanation';

/** A request that gets in without what its rule asks for is a finding; one of which that cannot be told is an open question. */
export function requestResults(decision: Explanation, failOn: Severity | undefined): CheckResult[] {
  const { request, caller, intent, missing, fix } = decision;
  if (missing !== undefined) {
    const title = 'The input tells what becomes of the request';
    return [
      checkResult({
        ...{ id: 'request-undecided', status: 'error', severity: 'medium', title, message: `${request}: ${missing}` },
        ...(fix !== undefined && { fix }),
        docs: 'docs/explain.md#request-undecided',
      }),
    ];
  }
  if (!intent || intent.isKept) return [];
  return [
    checkResult({
      id: 'request-against-intent',
      status: statusFor('high', failOn),
      severity: 'high',
      title: 'A request gets in only with what its rule asks for',
      message: `${request} ${caller} reaches the workload, and ${intent.rule} (${intent.path}) asks for more`,
      fix: 'Run kyma-guard validate: it finds all such requests and says what to change.',
      docs: 'docs/explain.md#request-against-intent',
      where: { object: intent.rule.replace(/ spec\.rules\[\d+\]$/, '') },
    }),
  ];
}
