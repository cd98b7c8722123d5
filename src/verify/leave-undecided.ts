import type { CheckResult, Suppression } from '../model/check-result';

/** How a result that may stay undecided is told. */
const byOption: Suppression = { by: 'option', reason: 'it may stay undecided (--accept-undecided)' };

/** What could not be told and may stay so: it does not count, and is listed as an accepted risk, never as proven. */
export function leaveUndecided(result: CheckResult): CheckResult {
  return result.status === 'error' ? { ...result, status: 'skip', suppressed: byOption } : result;
}
