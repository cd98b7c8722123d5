import type { PathAutomaton } from '../automaton-builder';

/** Several automata that read the same path side by side. */
export interface JoinedAutomata {
  /** States before the first character, ascending. */
  readonly start: readonly number[];
  /** States after the character of an alphabet at an index, ascending; none when no pattern can take the path any more. */
  readonly step: (states: readonly number[], character: number) => readonly number[];
  /** Which automata take the path that ends here, in their order. */
  readonly accepts: (states: readonly number[]) => boolean[];
}

interface Numbered {
  /** States after each character of the alphabet, ascending. */
  readonly moves: readonly (readonly number[])[];
  /** States that are reached without a character. */
  readonly near: readonly number[];
  /** The automaton that takes a path which ends in this state; absent when none does. */
  readonly takes?: number;
}

/** Reads several automata as one, with states of their own for each. */
export function joinAutomata(automata: readonly PathAutomaton[], alphabet: readonly string[]): JoinedAutomata {
  const states: Numbered[] = [];
  const start: number[] = [];
  for (const [index, automaton] of automata.entries()) {
    const offset = states.length;
    const near = automaton.jumps.map((_, state) => closure(automaton, state, false).map((to) => to + offset));
    start.push(...(near[0] ?? []));
    states.push(...near.map((reached, state) => numbered(automaton, { state, index, near, reached }, alphabet)));
  }
  return {
    start: start.sort(ascending),
    step: (from, character) => {
      const [only] = from;
      if (from.length === 1 && only !== undefined) return states[only]?.moves[character] ?? [];
      const reached = new Set<number>();
      for (const state of from) for (const to of states[state]?.moves[character] ?? []) reached.add(to);
      return [...reached].sort(ascending);
    },
    accepts: (at) => {
      const taken = automata.map(() => false);
      for (const state of at) {
        const index = states[state]?.takes;
        if (index !== undefined) taken[index] = true;
      }
      return taken;
    },
  };
}

interface StateFacts {
  readonly state: number;
  readonly index: number;
  /** What each state of the automaton reaches without a character. */
  readonly near: readonly (readonly number[])[];
  readonly reached: readonly number[];
}

function numbered(automaton: PathAutomaton, { state, index, near, reached }: StateFacts, alphabet: readonly string[]): Numbered {
  const steps = automaton.steps[state] ?? [];
  const moves = alphabet.map((character) => {
    const to = steps.filter(({ characters }) => characters.includes(character)).flatMap((step) => near[step.to] ?? []);
    return to.length > 1 ? [...new Set(to)].sort(ascending) : to;
  });
  const takes = closure(automaton, state, true).includes(automaton.accepting);
  return { moves, near: reached, ...(takes && { takes: index }) };
}

/** States that are reached without a character; `atEnd` adds moves that are possible only where the path ends. */
function closure(automaton: PathAutomaton, state: number, atEnd: boolean): number[] {
  const found = new Set([state]);
  for (const from of found) for (const { to, end } of automaton.jumps[from] ?? []) if (atEnd || !end) found.add(to);
  return [...found];
}

function ascending(a: number, b: number): number {
  return a - b;
}
