import { correctIt, refusedAt, whyUnknown, type RefusedApiRule } from '../refused/refused-api-rules';
import type { Explanation } from './explanation';

/** A request to the host of a refused APIRule is not decided by its rules; the steps stay, as what they would be. */
export function orUnknown(explanation: Explanation, host: string, refused: readonly RefusedApiRule[]): Explanation {
  const reason = refusedAt(refused, host);
  if (!reason || (reason.hosts.length === 0 && explanation.status !== 404)) return explanation;
  const { status: _, body: __, admittedBy: ___, ...rest } = explanation;
  return {
    ...rest,
    verdict: 'unknown',
    missing: whyUnknown(reason),
    // Of a rule that cannot be read there is no way to tell.
    steps: reason.isRead ? explanation.steps : [],
    fix: correctIt,
  };
}
