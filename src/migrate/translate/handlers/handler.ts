import type { JsonObject } from '../../../model/json';
import type { RuleNote } from '../rule-notes';
import type { TranslateSettings } from '../settings';

/** What an access strategy becomes. */
export interface TranslatedAccess {
  /**
   * `noAuth`, `jwt` or `extAuth` with its value, as a rule of APIRule v2 has it; `refuse` for a strategy that lets nobody in. Absent when
   * there is none: a note of effect `manual` says why.
   */
  readonly access?: JsonObject | 'refuse';
  readonly notes: readonly RuleNote[];
}

/**
 * Who had the say about a rule in the old gateway. `direct`: nobody, its route led straight to the service, for every method. `direct-methods`:
 * for the listed methods. `oathkeeper`: Oathkeeper, which refuses what none or several of its rules take. `proxy`: the proxy of the workload,
 * to which the route led straight, and whose policies are joined.
 */
export type ServedBy = 'direct' | 'direct-methods' | 'oathkeeper' | 'proxy';

/** One access strategy of older versions. */
export interface AccessHandler {
  readonly name: string;
  readonly servedBy: ServedBy;
  translate(config: JsonObject, settings: TranslateSettings): TranslatedAccess;
}
