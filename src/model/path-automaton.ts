import { anyCharacter, AutomatonBuilder, segmentCharacters, type PathAutomaton } from './automaton-builder';
import { isRoutable, parsePathTemplate } from './path-template';

export type { PathAutomaton } from './automaton-builder';

/**
 * The paths that the route of a rule takes, as an automaton: literal characters work as the operators that they are in a
 * regular expression. `undefined` when the path makes no route.
 */
export function pathAutomaton(path: string): PathAutomaton | undefined {
  if (!parsePathTemplate(path) || !isRoutable(path)) return undefined;
  const builder = new AutomatonBuilder();
  const accepting = path === '/*' ? builder.everything() : new Reader(path, builder).sequence(builder.start);
  return { steps: builder.steps, jumps: builder.jumps, accepting };
}

/** Reads the path as the regular expression it becomes. It is known to be a valid one. */
class Reader {
  private at = 0;

  constructor(
    private readonly path: string,
    private readonly builder: AutomatonBuilder,
  ) {}

  /** Up to the end of the group or of the path. */
  sequence(from: number): number {
    let state = from;
    while (this.at < this.path.length && this.path[this.at] !== ')') state = this.repeated(state);
    return state;
  }

  private repeated(from: number): number {
    // A state of its own, so that repeating leads back here and not into what came before.
    const entry = this.builder.jump(from, this.builder.state());
    let state = this.single(entry);
    while (this.path[this.at] === '+') {
      this.at += 1;
      state = this.builder.again(entry, state);
    }
    return state;
  }

  private single(from: number): number {
    if (this.take('{**}')) return this.many(from);
    if (this.take('{*}')) return this.builder.again(from, this.builder.oneOf(from, segmentCharacters));
    const character = this.path[this.at] ?? '';
    this.at += 1;
    if (character === '(') {
      const end = this.sequence(from);
      this.at += 1;
      return end;
    }
    if (character === '$') return this.builder.jump(from, this.builder.state(), true);
    return this.builder.step(from, character === '.' ? anyCharacter : character);
  }

  private many(from: number): number {
    const loop = this.builder.jump(from, this.builder.state());
    this.builder.jump(this.builder.oneOf(loop, `${segmentCharacters}/`), loop);
    return loop;
  }

  private take(operator: string): boolean {
    if (!this.path.startsWith(operator, this.at)) return false;
    this.at += operator.length;
    return true;
  }
}
