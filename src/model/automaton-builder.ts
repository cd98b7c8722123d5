/** Characters that a segment of a template may hold, the most readable first. */
export const segmentCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~!&',;=:@$()*+.";
const hexCharacters = '0123456789abcdefABCDEF';
/** Every character that a normalized path can hold. */
export const anyCharacter = `${segmentCharacters}/%[]`;

/** A nondeterministic automaton over the characters of paths. State 0 is the first one. */
export interface PathAutomaton {
  readonly steps: readonly (readonly { readonly characters: string; readonly to: number }[])[];
  /** Moves that take no character. Those with `end` are possible only where the path ends. */
  readonly jumps: readonly (readonly { readonly to: number; readonly end: boolean }[])[];
  readonly accepting: number;
}

/** Adds states; each method leads on from a state and returns the state it ends in. */
export class AutomatonBuilder {
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
