import { anyCharacter, type PathAutomaton } from '../automaton-builder';
import { endsNormal, nextNormal, pathStart, type NormalPath } from './normal-path';
import { joinAutomata, type JoinedAutomata } from './joined-automata';

/** Paths that all patterns treat alike, with the shortest and most readable of them. */
export interface PathClass {
  readonly path: string;
  /** Which patterns take it, in the order of the patterns. */
  readonly taken: readonly boolean[];
}

export interface PathClasses {
  readonly classes: readonly PathClass[];
  /** False when the patterns are so many that the search was ended; what it did not see may be anything. */
  readonly complete: boolean;
}

interface Place {
  readonly states: readonly number[];
  readonly normal: NormalPath;
  readonly from?: Place;
  readonly character: string;
}

/**
 * Every way in which paths can fall to the patterns: two paths that the same patterns take are in one class. All normalized paths are looked
 * at, as states of the product of the patterns, so nothing is left to luck.
 *
 * @param limit most states of the product. @default 20000
 * @param workLimit most steps of single patterns, which is what time goes with. @default 5000000
 */
export function pathClasses(automata: readonly PathAutomaton[], limit = 20_000, workLimit = 5_000_000): PathClasses {
  const alphabet = representatives(automata);
  const joined = joinAutomata(automata, alphabet);
  const classes = new Map<string, PathClass>();
  const seen = new Set<string>();
  let work = 0;
  let level: Place[] = start(joined, alphabet.indexOf('/'));
  while (level.length > 0) {
    const next: Place[] = [];
    for (const place of level) {
      note(place, joined, classes);
      work += place.states.length * alphabet.length;
      if (work > workLimit) return { classes: [...classes.values()], complete: false };
      for (const [index, character] of alphabet.entries()) {
        const normal = nextNormal(place.normal, character);
        const states = normal && joined.step(place.states, index);
        if (!normal || !states) continue;
        const key = `${states.join(',')} ${normal.segment} ${normal.escape}`;
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ states, normal, from: place, character });
      }
    }
    if (seen.size > limit) return { classes: [...classes.values()], complete: false };
    level = next;
  }
  return { classes: [...classes.values()], complete: true };
}

function start(joined: JoinedAutomata, slash: number): Place[] {
  const normal = pathStart && nextNormal(pathStart, '/');
  return normal ? [{ states: joined.step(joined.start, slash), normal, character: '/' }] : [];
}

function note(place: Place, joined: JoinedAutomata, classes: Map<string, PathClass>): void {
  if (!endsNormal(place.normal)) return;
  const taken = joined.accepts(place.states);
  const key = taken.map(Number).join('');
  if (!classes.has(key)) classes.set(key, { path: textOf(place), taken });
}

function textOf(place: Place): string {
  const characters: string[] = [];
  for (let at: Place | undefined = place; at; at = at.from) characters.push(at.character);
  return characters.reverse().join('');
}

/** One character for all that no pattern tells apart, the most readable. Those that normalization looks at stand for themselves. */
function representatives(automata: readonly PathAutomaton[]): string[] {
  const sets = [...new Set(automata.flatMap(({ steps }) => steps.flat().map(({ characters }) => characters)))];
  const found = new Map<string, string>();
  for (const character of anyCharacter) {
    const special = './;%'.includes(character) ? character : '0123456789abcdefABCDEF'.includes(character) ? 'hex' : '';
    const key = `${special} ${sets.map((set) => (set.includes(character) ? '1' : '0')).join('')}`;
    if (!found.has(key)) found.set(key, character);
  }
  return [...found.values()];
}
