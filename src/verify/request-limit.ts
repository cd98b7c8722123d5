import { checkResult, type CheckResult } from '../model/check-result';

/** Id of the result that says that the run ended early. */
export const requestLimitId = 'request-limit';

/** What stands in the place of a verdict. */
export const notSent = 'not decided: --max-requests was reached before';

/** A result that the limit of the run left without ground. */
export function skippedByLimit({ fix: _fix, reason: _reason, ...result }: CheckResult): CheckResult {
  return { ...result, status: 'skip', message: notSent };
}

/** The one result that stands for all that was not sent; none when everything was. @param cut calls that are not decided */
export function describeLimit(maxRequests: number | undefined, cut: number, calls: number): CheckResult[] {
  if (cut === 0) return [];
  const limit = `--max-requests ${maxRequests ?? ''}`.trim();
  return [
    checkResult({
      id: requestLimitId,
      title: 'The run may send as many requests as it needs',
      status: 'error',
      severity: 'high',
      message: `${limit} was reached: ${cut} of ${calls} ${calls === 1 ? 'call is' : 'calls are'} not decided`,
      fix: 'Give a higher --max-requests, or fewer routes with --only; --plan says what a run costs.',
      docs: 'docs/verify.md',
      where: { object: 'the whole run' },
    }),
  ];
}
