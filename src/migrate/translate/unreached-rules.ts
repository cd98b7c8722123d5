import { coversPath } from '../../model/controller/path-cover';
import { isOpen, type Candidate, type SettledRules } from './candidate';
import { listed, manual, note, type PlacedNote } from './rule-notes';
import { isAtLeastAsStrict } from './stricter-access';
import type { TranslatedRule } from './translate-rule';

/** A rule that had a say about the path of another one in the old gateway. */
type Guard = Pick<Candidate, 'path' | 'oldMethods' | 'oldPath' | 'origin' | 'servedBy'> & {
  /** Absent for a handler that refuses everybody. */
  readonly members?: Candidate['members'];
};

/** What a guard takes from a rule: methods, or nobody can tell. */
type Taken = readonly string[] | 'unclear';

/**
 * Takes back what a rule never let in, because another one had the say in the old gateway: its first route for a path led to Oathkeeper, or both
 * were rules of Oathkeeper, which let a call in only when one rule alone took it. In the order of special before general it would open.
 */
export function leaveOutUnreached(rules: readonly Candidate[], translated: readonly TranslatedRule[]): SettledRules {
  const guards: readonly Guard[] = [...rules, ...refusingGuards(translated)];
  const notes: PlacedNote[] = [];
  const kept = rules.flatMap((rule) => {
    const having = guards.filter((guard) => guard.origin !== rule.origin && coversPath(guard.path, rule.path));
    const taken = having.map((guard) => ({ guard, methods: takenFrom(rule, guard) }));
    const unclear = taken.find(({ methods }) => methods === 'unclear');
    if (unclear) notes.push(unclearNote(rule, unclear.guard));
    const lost = new Set(taken.flatMap(({ methods }) => (methods === 'unclear' ? [] : methods)));
    const first = taken.find(({ methods }) => methods !== 'unclear' && methods.length > 0);
    if (!first) return [rule];
    const left = rule.methods.filter((method) => !lost.has(method));
    // OPTIONS that was added for preflights counts for nothing by itself.
    const methods = left.some((method) => rule.oldMethods.includes(method)) ? left : [];
    notes.push(lostNote(rule, first.guard, methods));
    return methods.length > 0 ? [{ ...rule, methods }] : [];
  });
  return { rules: kept, notes: distinct(notes) };
}

function refusingGuards(translated: readonly TranslatedRule[]): Guard[] {
  return translated.flatMap(({ refuses = [], refusedMethods = [] }, origin) =>
    refuses.map((path): Guard => ({ path, oldMethods: refusedMethods, oldPath: '', origin, servedBy: 'oathkeeper' })),
  );
}

function takenFrom(rule: Candidate, guard: Guard): Taken {
  if (rule.servedBy === 'oathkeeper' && guard.servedBy === 'oathkeeper') return takenInOathkeeper(rule, guard);
  if (guard.origin > rule.origin) return [];
  // The second route of a path was never made.
  if (guard.servedBy === 'direct-methods') {
    return guard.oldPath === rule.oldPath ? rule.methods.filter((method) => !guard.oldMethods.includes(method)) : [];
  }
  // Whoever the first route led to had the say; policies of one proxy are joined.
  return guard.servedBy === 'direct' || guard.servedBy === rule.servedBy ? [] : rule.methods;
}

/** A call that several rules took passed none of them; what their authors meant passes all of them. */
function takenInOathkeeper(rule: Candidate, { members, oldMethods }: Guard): Taken {
  const shared = rule.methods.filter((method) => oldMethods.includes(method));
  if (members === undefined || shared.length === 0) return shared;
  if (isOpen({ members })) return [];
  if (isOpen(rule)) return shared;
  if (isAtLeastAsStrict(rule.members, members)) return [];
  return isAtLeastAsStrict(members, rule.members) ? shared : 'unclear';
}

function lostNote(rule: Candidate, guard: Guard, left: readonly string[]): PlacedNote {
  const had = `had no say about ${JSON.stringify(rule.path)}, because the old gateway left it to spec.rules[${guard.origin}], ${whatOf(guard)}`;
  const then = left.length > 0 ? `goes on with ${listed(left)} only` : 'is left out';
  const fix = 'If its calls are meant to pass, move it before that rule, or take the path out of that rule, and migrate again.';
  return { ...note('migrate-order', 'lost', `the rule ${had}; there it ${then}`, fix), rule: rule.origin };
}

function whatOf({ members, oldMethods }: Guard): string {
  if (members === undefined) return 'which refuses everybody';
  return isOpen({ members }) ? `which lets only ${listed(oldMethods)} in` : 'which asks for a token';
}

function unclearNote(rule: Candidate, { origin, path }: Guard): PlacedNote {
  const message = `${JSON.stringify(rule.path)} is also within ${JSON.stringify(path)} of spec.rules[${origin}], and each of the two takes tokens that the other refuses, so it is not clear which of them counts`;
  const fix = 'Let the special rule ask for all that the general one asks for, and migrate again.';
  return { ...manual('migrate-order', message, fix), rule: rule.origin };
}

function distinct(notes: readonly PlacedNote[]): PlacedNote[] {
  return [...new Map(notes.map((one) => [`${one.rule} ${one.message}`, one])).values()];
}
