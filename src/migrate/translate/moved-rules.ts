import { coversPath } from '../../model/controller/path-cover';
import { isOpen, type Candidate } from './candidate';
import { note, type PlacedNote } from './rule-notes';

/** Rules that an earlier, more general one came before: special before general they count, and some of them never did. */
export function movedNotes(rules: readonly Candidate[]): PlacedNote[] {
  return rules.flatMap((rule): PlacedNote[] => {
    const before = isOpen(rule) ? undefined : rules.find((other) => tookFirst(other, rule));
    if (before) return [{ ...note('migrate-order', 'stricter', openBefore(rule, before)), rule: rule.origin }];
    const general = rules.find(({ origin, path }) => origin < rule.origin && coversPath(path, rule.path) && path !== rule.path);
    return general ? [{ ...note('migrate-order', 'changed', movedBefore(rule, general)), rule: rule.origin }] : [];
  });
}

function openBefore(rule: Candidate, { origin }: Candidate): string {
  return `${JSON.stringify(rule.path)} stood open, because spec.rules[${origin}] took it first and asked nobody for a token; now the rule counts`;
}

function movedBefore(rule: Candidate, { origin, path }: Candidate): string {
  return `${JSON.stringify(rule.path)} moves before ${JSON.stringify(path)} of spec.rules[${origin}], because APIRule v2 takes the first rule that fits`;
}

function tookFirst(other: Candidate, rule: Candidate): boolean {
  if (!isOpen(other) || other.origin >= rule.origin || other.servedBy === 'oathkeeper' || !coversPath(other.path, rule.path)) return false;
  return other.servedBy === 'direct' || other.methods.some((method) => rule.methods.includes(method));
}
