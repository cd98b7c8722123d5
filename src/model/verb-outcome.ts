import type { CheckResult } from './check-result';
import type { JsonObject } from './json';

/** What every verb returns: facts, never text. How they are shown is the business of `report`. */
export interface VerbOutcome {
  readonly results: readonly CheckResult[];
  /** What only this verb has: matrix, plan, lock. */
  readonly data?: JsonObject;
  /** True when the run could not decide what it was asked. @default - true when a result has status `error` */
  readonly undecided?: boolean;
}

/** True when the outcome leaves its question open, so that it must never be read as secure. */
export function isUndecided(outcome: VerbOutcome): boolean {
  return outcome.undecided ?? outcome.results.some(({ status }) => status === 'error');
}
