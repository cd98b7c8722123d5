import { nameOfRoute } from '../model/route-pattern';
import type { Endpoint } from './endpoint';

/** A call that writes, and that nobody consented to. */
export interface UnsentCall {
  readonly endpoint: Pick<Endpoint, 'method' | 'host' | 'path'>;
  /** A route of the workload that the good token opens was there to compare with. */
  readonly hasNeighbour: boolean;
}

/** Why such a call stays undecided. */
export function unsentSentence({ endpoint: { method }, hasNeighbour }: UnsentCall): string {
  const compared = hasNeighbour
    ? 'without effect it is not refused as the proven routes of the workload are'
    : 'no proven route of the workload shows how this gateway refuses';
  return `${method} is not sent as it is meant, and ${compared}`;
}

/** What can be done about it. */
export function unsentFix({ endpoint, hasNeighbour }: UnsentCall): string {
  const readable = hasNeighbour ? '' : ', verify a readable route of the same workload beside it';
  return `Give --unsafe-methods where the call may have its effect${readable}, or let it stay undecided with --accept-undecided '${nameOfRoute(endpoint)}'.`;
}
