import { isSameJson } from '../../model/same-json';
import { isOpen, type Candidate, type SettledRules } from './candidate';
import { listed, manual, note, type PlacedNote } from './rule-notes';

/** Joins rules of one path: those that are alike become one, and each method belongs to one rule, to the protected one where there is a choice. */
export function joinSamePaths(rules: readonly Candidate[]): SettledRules {
  const [joined, notes]: [Candidate[], PlacedNote[]] = [[], []];
  for (const rule of rules) {
    let { methods } = rule;
    for (const [index, earlier] of joined.entries()) {
      const shared = methods.filter((method) => earlier.path === rule.path && earlier.methods.includes(method));
      if (earlier.path === rule.path && isSameJson(earlier.members, rule.members)) {
        joined[index] = { ...earlier, methods: [...new Set([...earlier.methods, ...methods])] };
        methods = [];
      } else if (shared.length > 0) {
        const winner = winnerOf(earlier, rule);
        notes.push(noteOf(earlier, rule, winner, shared));
        if (winner === rule) joined[index] = { ...earlier, methods: earlier.methods.filter((method) => !shared.includes(method)) };
        else methods = methods.filter((method) => !shared.includes(method));
      }
    }
    if (methods.length > 0) joined.push({ ...rule, methods });
  }
  return { rules: joined.filter(({ methods }) => methods.length > 0), notes };
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
