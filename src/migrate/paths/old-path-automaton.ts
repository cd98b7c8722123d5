import { AutomatonBuilder, type PathAutomaton } from '../../model/automaton-builder';
import { BoundedCache } from '../../model/bounded-cache';
import type { OldJwtHandler } from '../old-api-rule';
import { readRegex } from './read-regex';
import type { RegexTree, Unread } from './regex-tree';

/** More states than any path of a person needs; joining automata takes time with the square of them. */
const stateLimit = 1_000;

/** The path of an old rule, as a tree and as an automaton that takes the same paths. */
export interface OldPath {
  readonly tree: RegexTree;
  readonly automaton: PathAutomaton;
}

/** The expression that the path of an old rule stands for: with the Istio handler, the controller took `/*` for every path. */
export function oldExpression(path: string, handler: OldJwtHandler): string {
  return path === '/*' && handler === 'istio' ? '/.*' : path;
}

/** Reads the path of an old rule, an expression that must match the whole path of a request. Takes bounded time. */
export function readOldPath(path: string, handler: OldJwtHandler): OldPath | Unread {
  const tree = readRegex(oldExpression(path, handler));
  if ('why' in tree) return tree;
  const automaton = automatonOf(tree);
  return automaton ? { tree, automaton } : { why: 'large', text: `needs more than ${stateLimit} states` };
}

const automata = new BoundedCache<PathAutomaton | Unread>();

/** An automaton that takes what an expression takes; many rules have the same one. */
export function automatonOfExpression(expression: string): PathAutomaton | Unread {
  return automata.get(expression, () => {
    const read = readOldPath(expression, 'ory');
    return 'why' in read ? read : read.automaton;
  });
}

/** An automaton that takes what the tree takes; `undefined` when it would be too large. */
export function automatonOf(tree: RegexTree): PathAutomaton | undefined {
  const writer = new Writer();
  const accepting = writer.write(tree, writer.builder.start);
  if (writer.full) return undefined;
  const { steps, jumps } = writer.builder;
  const plain = { steps, jumps, accepting };
  return writer.starts.length === 0 ? plain : withStarts(plain, writer.starts);
}

interface Jump {
  readonly from: number;
  readonly to: number;
}

/** Writes a tree into an automaton; each method leads on from a state and returns the state it ends in. */
class Writer {
  readonly builder = new AutomatonBuilder();
  /** Moves that take no character and are possible only where the path begins. */
  readonly starts: Jump[] = [];
  full = false;

  write(tree: RegexTree, from: number): number {
    if (this.builder.steps.length > stateLimit) this.full = true;
    if (this.full) return from;
    switch (tree.kind) {
      case 'one':
        return this.builder.step(from, tree.characters);
      case 'sequence':
        return tree.parts.reduce((state, part) => this.write(part, state), from);
      case 'choice':
        return this.choice(tree.options, from);
      case 'group':
        return this.write(tree.of, from);
      case 'repeat':
        return this.repeat(tree, from);
      case 'end':
        return this.builder.jump(from, this.builder.state(), true);
      case 'start':
        this.starts.push({ from, to: this.builder.state() });
        return this.builder.steps.length - 1;
    }
  }

  private choice(options: readonly RegexTree[], from: number): number {
    const to = this.builder.state();
    for (const option of options) this.builder.jump(this.write(option, this.builder.jump(from, this.builder.state())), to);
    return to;
  }

  private repeat({ of, min, max }: Extract<RegexTree, { kind: 'repeat' }>, from: number): number {
    let state = from;
    for (let count = 0; count < min && !this.full; count += 1) state = this.write(of, state);
    if (max === undefined) return this.asOftenAsOneLikes(of, state);
    const ends: number[] = [];
    for (let count = min; count < max && !this.full; count += 1) {
      ends.push(state);
      state = this.write(of, this.builder.jump(state, this.builder.state()));
    }
    const to = this.builder.jump(state, this.builder.state());
    for (const end of ends) this.builder.jump(end, to);
    return to;
  }

  private asOftenAsOneLikes(of: RegexTree, from: number): number {
    const loop = this.builder.jump(from, this.builder.state());
    if (of.kind === 'one') this.builder.step(loop, of.characters, loop);
    else this.builder.jump(this.write(of, this.builder.jump(loop, this.builder.state())), loop);
    return this.builder.jump(loop, this.builder.state());
  }
}

/** Every state twice: before the first character, where the moves of the beginning are possible, and after it. */
function withStarts({ steps, jumps, accepting }: PathAutomaton, starts: readonly Jump[]): PathAutomaton {
  const count = steps.length;
  const later = (to: number): number => to + count;
  const first = jumps.map((all, from) => [
    ...all,
    ...starts.filter((start) => start.from === from).map(({ to }) => ({ to, end: false })),
    ...(from === accepting ? [{ to: later(accepting), end: false }] : []),
  ]);
  const moved = steps.map((all) => all.map(({ characters, to }) => ({ characters, to: later(to) })));
  return {
    steps: [...moved, ...moved],
    jumps: [...first, ...jumps.map((all) => all.map(({ to, end }) => ({ to: later(to), end })))],
    accepting: later(accepting),
  };
}
