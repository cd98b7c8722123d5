import { coversPath } from '../../model/controller/path-cover';
import { isOpen, type Candidate } from './candidate';
import { note, type PlacedNote } from './rule-notes';

/** Protected rules that an earlier public one kept from ever being asked; special before general they count. */
export function nowCheckedNotes(rules: readonly Candidate[]): PlacedNote[] {
  return rules.flatMap((rule): PlacedNote[] => {
    if (isOpen(rule)) return [];
    const before = rules.find((other) => tookFirst(other, rule));
    if (!before) return [];
    const message = `${JSON.stringify(rule.path)} stood open, because spec.rules[${before.origin}] took it first and asked nobody for a token; now the rule counts`;
    return [{ ...note('migrate-order', 'stricter', message), rule: rule.origin }];
  });
}

function tookFirst(other: Candidate, rule: Candidate): boolean {
  if (!isOpen(other) || other.origin >= rule.origin || other.servedBy === 'oathkeeper' || !coversPath(other.path, rule.path)) return false;
  return other.servedBy === 'direct' || other.methods.some((method) => rule.methods.includes(method));
}
