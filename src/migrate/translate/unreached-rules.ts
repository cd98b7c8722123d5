import { coversPath } from '../../model/controller/path-cover';
import { isOpen, type Candidate, type SettledRules } from './candidate';
import { listed, note, type PlacedNote } from './rule-notes';
import type { TranslatedRule } from './translate-rule';

/** A rule that let nobody in without a token, and the paths that it had the say about. */
interface Guard extends Pick<Candidate, 'path' | 'oldMethods' | 'origin'> {
  /** True for a handler that refuses everybody. */
  readonly refuses: boolean;
}

/**
 * Takes public rules back where another rule had the say in the old gateway: its first route for a path led to Oathkeeper, or both were rules
 * of Oathkeeper, which let a call in only when one rule alone took it. In the order of special before general they would open what was closed.
 */
export function leaveOutUnreached(rules: readonly Candidate[], translated: readonly TranslatedRule[]): SettledRules {
  const guards = guardsOf(rules, translated);
  const notes: PlacedNote[] = [];
  const kept = rules.flatMap((rule) => {
    const guard = isOpen(rule) ? guards.find((candidate) => lost(rule, candidate).length > 0) : undefined;
    if (!guard) return [rule];
    const closed = new Set(guards.flatMap((candidate) => lost(rule, candidate)));
    const methods = rule.methods.filter((method) => !closed.has(method));
    notes.push(noteOf(rule, guard, methods));
    return methods.length > 0 ? [{ ...rule, methods }] : [];
  });
  return {
    rules: kept,
    notes: notes.filter((one, at) => notes.findIndex((other) => other.rule === one.rule && other.message === one.message) === at),
  };
}

function guardsOf(rules: readonly Candidate[], translated: readonly TranslatedRule[]): Guard[] {
  const refusing = translated.flatMap(({ refuses = [], refusedMethods = [] }, origin) =>
    refuses.map((path) => ({ path, oldMethods: refusedMethods, origin, refuses: true })),
  );
  return [...rules.filter((rule) => !isOpen(rule)).map((rule) => ({ ...rule, refuses: false })), ...refusing];
}

/** Methods of a public rule that never passed without a token, because of another rule. */
function lost(rule: Candidate, guard: Guard): readonly string[] {
  if (guard.origin === rule.origin || !coversPath(guard.path, rule.path)) return [];
  if (rule.servedBy === 'oathkeeper') return rule.methods.filter((method) => guard.oldMethods.includes(method));
  return guard.origin < rule.origin ? rule.methods : [];
}

function noteOf(rule: Candidate, guard: Guard, left: readonly string[]): PlacedNote {
  const by = `spec.rules[${guard.origin}]${guard.refuses ? ', which refuses everybody' : ', which asks for a token'}`;
  const had = `had no say about ${JSON.stringify(rule.path)}, because the old gateway left it to ${by}`;
  const then = left.length > 0 ? `goes on with ${listed(left)} only` : 'is left out';
  const fix = 'If it is meant to be public, move it before that rule, or take the path out of that rule, and migrate again.';
  return { ...note('migrate-order', 'lost', `the rule ${had}; there it ${then}`, fix), rule: rule.origin };
}
