import { isSameJson } from '../../model/same-json';
import type { OldRule } from '../old-api-rule';
import type { Candidate } from './candidate';
import { listed, manual, type PlacedNote } from './rule-notes';

/** Rules with the same path and method, which the old controller refused, so that nothing says which of them counts. */
export function duplicateNotes(old: readonly OldRule[], rules: readonly Candidate[]): PlacedNote[] {
  const first = new Map<string, number>();
  return old.flatMap(({ path, methods }, index): PlacedNote[] => {
    const earlier = [...new Set(methods)].flatMap((method) => {
      const key = `${method} ${path}`;
      const known = first.get(key);
      if (known === undefined) first.set(key, index);
      return known === undefined || areAlike(rules, known, index) ? [] : [{ method, known }];
    });
    const [duplicate] = earlier;
    if (!duplicate) return [];
    const message = `the rule has ${listed(earlier.map(({ method }) => method))} ${JSON.stringify(path)}, as spec.rules[${duplicate.known}] has, and asks for something else; the old controller refused that, so it is not clear what counts`;
    return [{ ...manual('migrate-order', message, 'Keep one of them for each path and method, and migrate again.'), rule: index }];
  });
}

function areAlike(rules: readonly Candidate[], one: number, other: number): boolean {
  const [first, second] = [one, other].map((origin) => rules.find((rule) => rule.origin === origin));
  return first !== undefined && second !== undefined && isSameJson(first.members, second.members);
}
