import { anyCharacter } from '../../model/automaton-builder';
import type { RegexTree } from './regex-tree';

/** One part of a branch, between which there is no choice. */
export type Token =
  /** One of the characters. */
  | { readonly kind: 'one'; readonly characters: string }
  /** One of the characters, once or more; with a slash among them also never. */
  | { readonly kind: 'run'; readonly characters: string; readonly min: number; readonly grouped: boolean }
  /** Anything else that repeats. `ofSegments`: each time it begins with a slash. */
  | { readonly kind: 'loop'; readonly slash: boolean; readonly ofSegments: boolean }
  /** Nothing, where a run was possible. */
  | { readonly kind: 'gap' };

/** Tokens one after another. */
export type Branch = readonly Token[];

/** Alternatives that an expression splits into. */
export interface Branches {
  readonly all: readonly Branch[];
  /** False when there are more than are looked at. */
  readonly complete: boolean;
}

/** More alternatives than a person splits a rule into. */
const branchLimit = 64;

/** More characters of one class than are written out one by one. */
const spelledLimit = 16;

/**
 * Splits an expression into branches without alternatives.
 *
 * @param spelled `true` writes small classes out character by character, and takes a dot for the dot that its author means; what it leaves out
 * is narrower than the expression. `false` keeps classes and leaves nothing out.
 */
export function branchesOf(tree: RegexTree, spelled: boolean): Branches {
  const splitter = new Splitter(spelled);
  const all = splitter.split(tree);
  return { all, complete: !splitter.cut };
}

class Splitter {
  cut = false;

  constructor(private readonly spelled: boolean) {}

  split(tree: RegexTree, grouped = false): readonly Branch[] {
    switch (tree.kind) {
      case 'one':
        return this.one(tree.characters);
      case 'choice':
        return this.bounded(tree.options.flatMap((option) => this.split(option)));
      case 'sequence':
        return this.sequence(tree.parts.map((part) => this.split(part)));
      case 'group':
        return this.split(tree.of, true);
      case 'repeat':
        return this.bounded(this.repeat(tree, grouped));
      // Where they stand is seen to by the automaton.
      case 'start':
      case 'end':
        return [[]];
    }
  }

  private one(characters: string): readonly Branch[] {
    if (characters === '') return [];
    if (!this.spelled || characters.length === 1) return [[{ kind: 'one', characters }]];
    if (isDot(characters)) return [[{ kind: 'one', characters: '.' }]];
    if (characters.length > spelledLimit) return [];
    return Array.from(characters, (character) => [{ kind: 'one', characters: character }]);
  }

  private sequence(parts: readonly (readonly Branch[])[]): readonly Branch[] {
    return parts.reduce<readonly Branch[]>(
      (found, options) => this.bounded(found.flatMap((before) => options.map((option) => [...before, ...option]))),
      [[]],
    );
  }

  private repeat(tree: Extract<RegexTree, { kind: 'repeat' }>, grouped: boolean): Branch[] {
    const { of, min, max } = tree;
    if (max === 0) return [[]];
    const characters = classOf(of);
    if (characters !== undefined && max === undefined && min <= 1) return this.run(characters, min, grouped);
    if (max !== undefined && max <= 3) return this.unrolled(of, min, max);
    const never: Branch[] = min === 0 ? [[{ kind: 'gap' }]] : [];
    const once = this.spelled && min <= 1 ? this.split(of) : [];
    return [...never, ...once, [loopOf(of)]];
  }

  private run(characters: string, min: number, grouped: boolean): Branch[] {
    if (characters === '') return min === 0 ? [[]] : [];
    if (characters.includes('/')) {
      if (isDot(characters)) return [[{ kind: 'run', characters, min, grouped }]];
      return [...(min === 0 ? [[{ kind: 'gap' }] as const] : []), ...(this.spelled ? this.one(characters) : []), [segments(characters)]];
    }
    const run: Branch = [{ kind: 'run', characters, min: 1, grouped }];
    return min === 0 ? [[{ kind: 'gap' }], run] : [run];
  }

  private unrolled(of: RegexTree, min: number, max: number): Branch[] {
    const once = this.split(of);
    const found: Branch[] = [];
    for (let count = min; count <= max; count += 1) found.push(...this.sequence(Array.from({ length: count }, () => once)));
    return found;
  }

  private bounded(branches: readonly Branch[]): Branch[] {
    if (branches.length > branchLimit) this.cut = true;
    return branches.slice(0, branchLimit);
  }
}

/** True for the characters of a dot: all that paths hold. */
export function isDot(characters: string): boolean {
  return characters.length === anyCharacter.length;
}

/** The characters of a tree that takes one character; `undefined` for any other. */
function classOf(tree: RegexTree): string | undefined {
  if (tree.kind === 'group') return classOf(tree.of);
  return tree.kind === 'one' ? tree.characters : undefined;
}

function segments(characters: string): Token {
  return { kind: 'loop', slash: characters.includes('/'), ofSegments: false };
}

function loopOf(tree: RegexTree): Token {
  return { kind: 'loop', slash: holdsSlash(tree), ofSegments: beginsWithSlash(tree) };
}

function holdsSlash(tree: RegexTree): boolean {
  if (tree.kind === 'one') return tree.characters.includes('/');
  return childrenOf(tree).some(holdsSlash);
}

function beginsWithSlash(tree: RegexTree): boolean {
  if (tree.kind === 'one') return tree.characters === '/';
  if (tree.kind === 'sequence') return tree.parts[0] !== undefined && beginsWithSlash(tree.parts[0]);
  if (tree.kind === 'repeat' && tree.min === 0) return false;
  const children = childrenOf(tree);
  return children.length > 0 && children.every(beginsWithSlash);
}

function childrenOf(tree: RegexTree): readonly RegexTree[] {
  if (tree.kind === 'sequence') return tree.parts;
  if (tree.kind === 'choice') return tree.options;
  return tree.kind === 'repeat' || tree.kind === 'group' ? [tree.of] : [];
}
