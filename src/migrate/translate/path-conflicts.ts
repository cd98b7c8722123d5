import { coversPath } from '../../model/controller/path-cover';
import { pathConflicts, type PathConflict } from '../../model/controller/path-conflict';
import { isSameJson } from '../../model/same-json';
import type { Candidate, SettledRules } from './candidate';
import { manual, type PlacedNote } from './rule-notes';

/**
 * Makes the controller accept the order: it takes some rules for conflicting that share no call. Rules that another one makes needless are
 * left out, and rules that do not bear on each other change places; what is left is for the user.
 */
export function withoutConflicts(ordered: readonly Candidate[]): SettledRules {
  let rules = ordered;
  for (let tries = ordered.length; tries > 0; tries -= 1) {
    const conflicts = pathConflicts(rules);
    const [conflict] = conflicts;
    if (!conflict) break;
    const better = withoutNeedless(rules, conflict) ?? swapped(rules, conflict);
    if (!better || pathConflicts(better).length >= conflicts.length) break;
    rules = better;
  }
  return { rules, notes: distinct(pathConflicts(rules).map((conflict) => noteOf(rules, conflict))) };
}

/** A special rule that asks for the same as the general one takes nothing that the general one does not take, too. */
function withoutNeedless(rules: readonly Candidate[], { rule, earlier, method }: PathConflict): Candidate[] | undefined {
  const general = rules[rule];
  const needless = new Set(
    earlier.filter((at) => {
      const special = rules[at];
      return general && special && isSameJson(special.members, general.members) && coversPath(general.path, special.path);
    }),
  );
  if (needless.size === 0) return undefined;
  return rules
    .map((one, at) => (needless.has(at) ? { ...one, methods: one.methods.filter((other) => other !== method) } : one))
    .filter(({ methods }) => methods.length > 0);
}

/** The later rule right before the first that it collides with, unless that one is more special. */
function swapped(rules: readonly Candidate[], { rule, earlier }: PathConflict): Candidate[] | undefined {
  const later = rules[rule];
  const at = Math.min(...earlier);
  if (!later || at >= rule || rules.slice(at, rule).some(({ path }) => coversPath(later.path, path))) return undefined;
  return [...rules.slice(0, at), later, ...rules.slice(at, rule), ...rules.slice(rule + 1)];
}

function noteOf(rules: readonly Candidate[], { rule, earlier, says }: PathConflict): PlacedNote {
  const [later, first] = [rules[rule], rules[earlier[0] ?? rule]];
  const message = `${JSON.stringify(first?.path)} and ${JSON.stringify(later?.path)} collide for the controller in any order, although the old gateway told them apart (${says})`;
  const fix = 'Give the two different methods, or let one of them stand for both, and migrate again.';
  return { ...manual('migrate-order', message, fix), rule: later?.origin ?? 0 };
}

function distinct(notes: readonly PlacedNote[]): PlacedNote[] {
  return notes.filter((one, at) => notes.findIndex((other) => other.rule === one.rule) === at);
}
