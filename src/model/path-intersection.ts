import { normalizePath } from './normalize-request';
import { pathAutomaton, type PathAutomaton } from './path-automaton';

/**
 * A path that the routes of both templates take, the shortest and most readable first; `undefined` when there is none that a
 * client could send. Takes time in proportion to the product of both lengths.
 */
export function commonPath(a: string, b: string): string | undefined {
  const [first, second] = [pathAutomaton(a), pathAutomaton(b)];
  if (!first || !second) return undefined;
  const found = search(first, second);
  // A path with dot segments or needless escapes changes before any route sees it.
  return found !== undefined && normalizePath(found) === found ? found : undefined;
}

/** States of both automata, and whether one of them has decided that the path ends here. */
interface Pair {
  readonly a: number;
  readonly b: number;
  readonly ended: boolean;
  readonly from?: Pair;
  /** Absent for a move that takes no character. */
  readonly character?: string;
}

function search(first: PathAutomaton, second: PathAutomaton): string | undefined {
  const seen = new Set<string>();
  // Moves without a character are followed at once, so that pairs are visited in the order of their paths' lengths.
  let level: Pair[] = [{ a: 0, b: 0, ended: false }];
  while (level.length > 0) {
    const next: Pair[] = [];
    const queue = level;
    for (let pair = queue.pop(); pair; pair = queue.pop()) {
      const key = `${pair.a} ${pair.b} ${String(pair.ended)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (pair.a === first.accepting && pair.b === second.accepting) return pathTo(pair);
      queue.push(...jumpsFrom(pair, first, second));
      if (!pair.ended) next.push(...stepsFrom(pair, first, second));
    }
    level = next.reverse();
  }
  return undefined;
}

function jumpsFrom(pair: Pair, first: PathAutomaton, second: PathAutomaton): Pair[] {
  return [
    ...(first.jumps[pair.a] ?? []).map(({ to, end }) => ({ a: to, b: pair.b, ended: pair.ended || end, from: pair })),
    ...(second.jumps[pair.b] ?? []).map(({ to, end }) => ({ a: pair.a, b: to, ended: pair.ended || end, from: pair })),
  ];
}

function stepsFrom(pair: Pair, first: PathAutomaton, second: PathAutomaton): Pair[] {
  return (first.steps[pair.a] ?? []).flatMap((one) =>
    (second.steps[pair.b] ?? []).flatMap((other) => {
      const character = Array.from(one.characters).find((candidate) => other.characters.includes(candidate));
      return character === undefined ? [] : [{ a: one.to, b: other.to, ended: false, from: pair, character }];
    }),
  );
}

function pathTo(pair: Pair): string {
  const characters: string[] = [];
  for (let at: Pair | undefined = pair; at; at = at.from) if (at.character !== undefined) characters.push(at.character);
  return characters.reverse().join('');
}
