import type { PathAutomaton } from '../automaton-builder';

/** Several automata that read the same path side by side. */
export interface JoinedAutomata {
  /** States before the first character, ascending. */
  readonly start: readonly number[];
  /** States after one more character, ascending; none when no pattern can take the path any more. */
  readonly step: (states: readonly number[], character: string) => readonly number[];
  /** Which automata take the path that ends here, in their order. */
  readonly accepts: (states: readonly number[]) => boolean[];
}

interface Numbered {
  readonly steps: readonly { readonly characters: string; readonly to: number }[];
  /** States that are reached without a character. */
  readonly near: readonly number[];
  /** Automata that take a path which ends in this state. */
  readonly takes: readonly number[];
}

/** Reads several automata as one, with states of their own for each. */
export function joinAutomata(automata: readonly PathAutomaton[]): JoinedAutomata {
  const states: Numbered[] = [];
  const start = automata.flatMap((automaton, index) => {
    const offset = states.length;
    states.push(...automaton.steps.map((_, state) => numbered(automaton, state, index, offset)));
    return states[offset]?.near ?? [];
  });
  const moves = new Map<string, readonly number[]>();
  return {
    start,
    step: (from, character) => {
      const reached = new Set<number>();
      for (const state of from) for (const to of moveOf(state, character)) reached.add(to);
      return [...reached].sort((a, b) => a - b);
    },
    accepts: (at) => {
      const taken = automata.map(() => false);
      for (const state of at) for (const index of states[state]?.takes ?? []) taken[index] = true;
      return taken;
    },
  };

  function moveOf(state: number, character: string): readonly number[] {
    const key = `${state}${character}`;
    let reached = moves.get(key);
    if (!reached) {
      reached = (states[state]?.steps ?? [])
        .filter(({ characters }) => characters.includes(character))
        .flatMap(({ to }) => states[to]?.near ?? []);
      moves.set(key, reached);
    }
    return reached;
  }
}

function numbered(automaton: PathAutomaton, state: number, index: number, offset: number): Numbered {
  const steps = (automaton.steps[state] ?? []).map(({ characters, to }) => ({ characters, to: to + offset }));
  const near = closure(automaton, state, false).map((to) => to + offset);
  const takes = closure(automaton, state, true).includes(automaton.accepting) ? [index] : [];
  return { steps, near, takes };
}

/** States that are reached without a character; `atEnd` adds moves that are possible only where the path ends. */
function closure(automaton: PathAutomaton, state: number, atEnd: boolean): number[] {
  const found = new Set([state]);
  for (const from of found) for (const { to, end } of automaton.jumps[from] ?? []) if (atEnd || !end) found.add(to);
  return [...found];
}
