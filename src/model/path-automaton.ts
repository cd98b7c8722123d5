import { isRoutable, parsePathTemplate } from './path-template';

/** Characters that a segment may hold, the most readable first. */
const segmentCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~!&',;=:@$()*+.";
const hexCharacters = '0123456789abcdefABCDEF';
const anyCharacter = `${segmentCharacters}/%`;

/** A nondeterministic automaton over the characters of paths. State 0 is the first one. */
export interface PathAutomaton {
  readonly steps: readonly (readonly { readonly characters: string; readonly to: number }[])[];
  /** Moves that take no character. Those with `end` are possible only where the path ends. */
  readonly jumps: readonly (readonly { readonly to: number; readonly end: boolean }[])[];
  readonly accepting: number;
}

/**
 * The paths that the route of a rule takes, as an automaton: literal characters work as the operators that they are in a
 * regular expression. `undefined` when the path makes no route.
 */
export function pathAutomaton(path: string): PathAutomaton | undefined {
  if (!parsePathTemplate(path) || !isRoutable(path)) return undefined;
  const builder = new Builder();
  const accepting = path === '/*' ? builder.everything() : new Reader(path, builder).sequence(builder.start);
  return { steps: builder.steps, jumps: builder.jumps, accepting };
}

/** Adds states; each method leads on from a state and returns the state it ends in. */
class Builder {
  readonly steps: { readonly characters: string; readonly to: number }[][] = [];
  readonly jumps: { readonly to: number; readonly end: boolean }[][] = [];
  readonly start = this.state();

  state(): number {
    this.steps.push([]);
    return this.jumps.push([]) - 1;
  }

  step(from: number, characters: string, to = this.state()): number {
    this.steps[from]?.push({ characters, to });
    return to;
  }

  jump(from: number, to: number, end = false): number {
    this.jumps[from]?.push({ to, end });
    return to;
  }

  /** Once or more what lies between two states. */
  again(from: number, to: number): number {
    this.jump(to, from);
    return this.jump(to, this.state());
  }

  /** One character of a set, or a percent escape. */
  oneOf(from: number, characters: string): number {
    const to = this.step(from, characters);
    this.step(this.step(this.step(from, '%'), hexCharacters), hexCharacters, to);
    return to;
  }

  everything(): number {
    const to = this.step(this.start, '/');
    this.step(to, anyCharacter, to);
    return to;
  }
}

/** Reads the path as the regular expression it becomes. It is known to be a valid one. */
class Reader {
  private at = 0;

  constructor(
    private readonly path: string,
    private readonly builder: Builder,
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
