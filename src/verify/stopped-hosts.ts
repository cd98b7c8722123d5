import { checkResult, type CheckResult } from '../model/check-result';
import type { Sign } from './host-health';

/** Id of the result that says why nothing more was sent to a host. */
export const targetStoppedId = 'target-stopped';

/** What stands in the place of an answer from then on. */
export const nothingMore = `nothing more is sent to this host, see ${targetStoppedId}`;

const advice: Readonly<Record<Sign, string>> = {
  throttles:
    'Ask more slowly with --rate, with fewer routes under way (--concurrency 1), or exempt this prober from the limit for the time of the run.',
  'stopped answering': 'Look at the workload and its log, then run again; --rate and --concurrency 1 are gentler, --timeout waits longer.',
  'answers too slowly to be judged': 'Give more time with --timeout, or ask more slowly with --rate.',
  'refuses the good token since the attacks began':
    'Look for a firewall or a ban that shuts this prober out, exempt it for the time of the run, or ask more slowly with --rate.',
};

/** One result for each host that was given up, which stands for all that is undecided because of it. */
export function describeStopped(stopped: ReadonlyMap<string, Sign>, results: readonly CheckResult[]): CheckResult[] {
  return [...stopped].map(([host, why]) => {
    const open = results.filter(({ status, route }) => status === 'error' && route?.host === host).length;
    return checkResult({
      id: targetStoppedId,
      title: 'The target answers for as long as the run takes',
      status: 'error',
      severity: 'critical',
      message: `${host} ${why}; after three signs nothing more was sent to it, and ${open === 1 ? '1 result is' : `${open} results are`} undecided`,
      fix: advice[why],
      docs: 'docs/verify.md',
      where: { object: `host ${host}` },
    });
  });
}
