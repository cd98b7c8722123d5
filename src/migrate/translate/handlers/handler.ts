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

/** One access strategy of older versions. */
export interface AccessHandler {
  readonly name: string;
  /**
   * How the old gateway served a rule with it. `direct`: the route led straight to the service, for every method. `direct-methods`: for the
   * listed methods. `oathkeeper`: through Oathkeeper, which refuses what none or several of its rules match.
   */
  readonly servedBy: 'direct' | 'direct-methods' | 'oathkeeper';
  translate(config: JsonObject, settings: TranslateSettings): TranslatedAccess;
}
