import type { CheckResult } from '../model/check-result';
import { shardsCompleteId } from '../model/shards';
import { allProbes } from './probes/all-probes';
import { publicOpen } from './probes/public-open';
import { requestLimitId } from './request-limit';

const deciding = new Set<string>([
  'closed-to-anonymous',
  'protected',
  publicOpen.id,
  requestLimitId,
  shardsCompleteId,
  ...allProbes.filter(({ core }) => core).map(({ id }) => id),
]);

/** True when a claim or a core probe could not be decided, so that the run proves nothing about its route. */
export function isUndecidedClaim({ id, status }: CheckResult): boolean {
  return status === 'error' && deciding.has(id);
}
