import { closedPathNotes } from './closed-paths';
import { duplicateNotes } from './duplicate-rules';
import type { OldRule } from '../old-api-rule';
import type { SettledRules } from './candidate';
import { joinSamePaths } from './same-paths';
import { movedNotes } from './moved-rules';
import { orderRules } from './order-rules';
import { withoutConflicts } from './path-conflicts';
import type { TranslatedRule } from './translate-rule';
import { leaveOutUnreached } from './unreached-rules';

/** Brings rules together that were translated one by one: who has the say where several take a call, and in which order the controller accepts them. */
export function settleRules(old: readonly OldRule[], translated: readonly TranslatedRule[]): SettledRules {
  const all = translated.flatMap(({ candidates }) => candidates);
  const reached = leaveOutUnreached(all, translated);
  const joined = joinSamePaths(reached.rules);
  const ordered = withoutConflicts(orderRules(joined.rules));
  return {
    rules: ordered.rules,
    notes: [
      ...translated.flatMap(({ notes }, rule) => notes.map((note) => ({ ...note, rule }))),
      ...duplicateNotes(old, all),
      ...reached.notes,
      ...movedNotes(reached.rules),
      ...joined.notes,
      ...ordered.notes,
      ...closedPathNotes(translated, ordered.rules),
    ],
  };
}
