import type { Learnt, LockEntry } from '../config/lock-file';
import { checkResult, type CheckResult, type Where } from '../model/check-result';

const fields = ['clientId', 'issuer', 'jwksUri', 'xsappname'] as const;

/** How near to what the gateway sees. What is learnt from less than before confirms nothing. */
const weight: Readonly<Record<Learnt, number>> = { derived: 0, 'service key': 1, discovery: 2, token: 3 };

/** How the lock file differs from the instance as it is now. What could not be asked live leaves it open, and is never a pass. */
export function compareEntries(known: LockEntry | undefined, live: LockEntry, where: Where): CheckResult[] {
  if (!known) return [result('fail', where, 'is not in the lock file', 'Run kyma-guard lock without --check.')];
  const results = fields.flatMap((field): CheckResult[] => {
    const place = { ...where, path: `${where.path ?? ''}.${field}` };
    if (live.learnt[field] === 'derived' || weight[live.learnt[field]] < weight[known.learnt[field]])
      return [
        result('error', place, `is ${sourceOf(known.learnt[field])}, and could not be asked now`, 'Check the network, then run it again.'),
      ];
    if (known[field] === live[field]) return [];
    return [result('fail', place, `is ${known[field]} in the lock file and ${live[field]} now`, fixOf(field))];
  });
  return results.length > 0 ? results : [result('pass', where, 'is as the lock file says')];
}

function sourceOf(learnt: Learnt): string {
  return learnt === 'derived' ? 'derived from the service key' : `read from ${learnt}`;
}

function fixOf(field: (typeof fields)[number]): string {
  return field === 'clientId' || field === 'xsappname'
    ? 'The instance was created anew, or the key is of another one. Run kyma-guard lock, then synth.'
    : 'Find out why the issuer changed; then run kyma-guard lock and synth.';
}

function result(status: 'pass' | 'fail' | 'error', where: Where, message: string, fix?: string): CheckResult {
  const severity = status === 'pass' ? 'info' : 'high';
  return checkResult({
    id: 'lock-drift',
    status,
    severity,
    title: 'The lock file is true',
    message,
    where,
    ...(fix !== undefined && { fix }),
  });
}
