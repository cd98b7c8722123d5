import type { OldRule } from '../old-api-rule';
import type { Candidate } from './candidate';
import { orderRules } from './order-rules';
import type { RuleNote } from './rule-notes';
import type { TranslatedRule } from './translate-rule';

/** The rules of the new APIRule in their order, and what is to be said of the old ones. */
export interface SettledRules {
  readonly rules: readonly Candidate[];
  readonly notes: readonly (RuleNote & { readonly rule: number })[];
}

/** Brings rules together that were translated one by one. */
export function settleRules(_old: readonly OldRule[], translated: readonly TranslatedRule[]): SettledRules {
  return {
    rules: orderRules(translated.flatMap(({ candidates }) => candidates)),
    notes: translated.flatMap(({ notes }, rule) => notes.map((note) => ({ ...note, rule }))),
  };
}
