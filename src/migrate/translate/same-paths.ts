import { isSameJson } from '../../model/same-json';
import { isOpen, type Candidate, type SettledRules } from './candidate';
import { listed, manual, note, type PlacedNote } from './rule-notes';

/** Joins rules of one path: those that are alike become one, and each method belongs to one rule, to the protected one where there is a choice. */
export function joinSamePaths(rules: readonly Candidate[]): SettledRules {
  const [joined, notes]: [Candidate[], PlacedNote[]] = [[], []];
  for (const rule of rules) {
    let later: Candidate = rule;
    for (const [index, earlier] of joined.entries()) {
      if (earlier.path !== rule.path) continue;
      if (isSameJson(earlier.members, later.members)) {
        joined[index] = {
          ...earlier,
          methods: union(earlier.methods, later.methods),
          oldMethods: union(earlier.oldMethods, later.oldMethods),
        };
        later = { ...later, methods: [] };
        continue;
      }
      const [first, second] = withoutAdded(earlier, later);
      const shared = first.methods.filter((method) => second.methods.includes(method));
      const winner = shared.length > 0 ? winnerOf(first, second) : undefined;
      if (winner) notes.push(noteOf(first, second, winner, shared));
      joined[index] = winner === second ? without(first, shared) : first;
      later = winner === first ? without(second, shared) : second;
    }
    if (later.methods.length > 0) joined.push(later);
  }
  return { rules: joined.filter(({ methods }) => methods.length > 0), notes };
}

/** A method that one of two rules lists is that rule's; one that both only got for preflights stays with the first. */
function withoutAdded(earlier: Candidate, later: Candidate): [Candidate, Candidate] {
  const added = ({ methods, oldMethods }: Candidate): string[] => methods.filter((method) => !oldMethods.includes(method));
  const fromEarlier = added(earlier).filter((method) => later.oldMethods.includes(method));
  const fromLater = added(later).filter((method) => earlier.methods.includes(method) && !fromEarlier.includes(method));
  return [without(earlier, fromEarlier), without(later, fromLater)];
}

function without(rule: Candidate, methods: readonly string[]): Candidate {
  return { ...rule, methods: rule.methods.filter((method) => !methods.includes(method)) };
}

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])];
}

function winnerOf(earlier: Candidate, later: Candidate): Candidate {
  return isOpen(earlier) && !isOpen(later) ? later : earlier;
}

function noteOf(earlier: Candidate, later: Candidate, winner: Candidate, methods: readonly string[]): PlacedNote {
  const both = `spec.rules[${earlier.origin}] and spec.rules[${later.origin}] both have ${listed(methods)} ${JSON.stringify(later.path)}`;
  if (!isOpen(earlier) && !isOpen(later)) {
    const message = `${both} and ask for different tokens, so no call can be told which of them counts`;
    return { ...manual('migrate-order', message, 'Keep one of them for each path and method, and migrate again.'), rule: later.origin };
  }
  if (isOpen(earlier) !== isOpen(later)) {
    const message = `${both}; the one that asks for a token counts`;
    return { ...note('migrate-order', 'stricter', message), rule: winner === later ? earlier.origin : later.origin };
  }
  return { ...note('migrate-order', 'lost', `${both}; the first one counts, as before`), rule: later.origin };
}
