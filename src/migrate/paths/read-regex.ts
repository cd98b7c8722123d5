import { anyCharacter } from '../../model/automaton-builder';
import { BoundedCache } from '../../model/bounded-cache';
import { fullMatch } from '../../model/linear-regex';
import { atomEnd, repetitionAt } from './regex-atoms';
import type { RegexTree, Unread } from './regex-tree';

/** Longer than any path that a person wrote. */
const lengthLimit = 2_048;

/**
 * Reads an expression as RE2 does. What a class or an escape takes is asked of RE2 itself, so that only the structure is read here.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function readRegex(expression: string): RegexTree | Unread {
  if (expression.length > lengthLimit) return { why: 'large', text: `has more than ${lengthLimit} characters` };
  if (!fullMatch(expression)) return refusal(expression);
  const reader = new Reader(expression);
  const tree = reader.choice('');
  if (reader.unread !== undefined) return { why: 'unread', text: `holds ${reader.unread}, which is not read` };
  return tree;
}

/** RE2 also refuses repetitions of repetitions that become too large, and does not say so. */
function refusal(expression: string): Unread {
  const less = fullMatch(expression.replace(/\{\d+(?:,\d*)?\}/g, '{1,2}'));
  return less ? { why: 'large', text: 'repeats more than RE2 takes' } : { why: 'invalid', text: 'is refused by RE2' };
}

/** Reads an expression that is known to be valid. */
class Reader {
  /** The first part that is not read. */
  unread: string | undefined;
  private at = 0;

  constructor(private readonly text: string) {}

  /** Alternatives up to the end of the group or of the expression. Flags that are set inside hold up to there. */
  choice(outerFlags: string): RegexTree {
    let flags = outerFlags;
    const options: RegexTree[] = [];
    let parts: RegexTree[] = [];
    while (this.at < this.text.length && this.text[this.at] !== ')') {
      const set = this.takeFlags();
      if (set !== undefined) flags = changed(flags, set);
      else if (this.take('|')) {
        options.push(sequence(parts));
        parts = [];
      } else parts.push(this.repeated(flags));
    }
    options.push(sequence(parts));
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'choice', options };
  }

  private repeated(flags: string): RegexTree {
    let tree = this.single(flags);
    for (let found = repetitionAt(this.text, this.at); found; found = repetitionAt(this.text, this.at)) {
      this.at = found.end;
      tree = { kind: 'repeat', of: tree, min: found.min, ...(found.max !== undefined && { max: found.max }) };
    }
    return tree;
  }

  private single(flags: string): RegexTree {
    if (this.text[this.at] === '(') return this.group(flags);
    if (this.text.startsWith('\\Q', this.at)) return this.quoted(flags);
    const end = atomEnd(this.text, this.at);
    const atom = this.text.slice(this.at, end);
    this.at = end;
    if (atom === '^' || atom === '\\A') return { kind: 'start' };
    if (atom === '$' || atom === '\\z') return { kind: 'end' };
    if (/^\\[bBC]$/.test(atom)) this.unread ??= atom;
    return this.taking(flags, atom);
  }

  private taking(flags: string, atom: string): RegexTree {
    const characters = charactersOf(`${flags === '' ? '' : `(?${flags})`}${atom}`);
    if (characters === undefined) this.unread ??= atom;
    return { kind: 'one', characters: characters ?? '' };
  }

  private group(flags: string): RegexTree {
    const [head = '(', set = ''] = /^\((?:\?(?:P?<[^>]*>|([a-zA-Z-]*):))?/.exec(this.text.slice(this.at)) ?? [];
    this.at += head.length;
    const of = this.choice(changed(flags, set));
    this.at += 1;
    return { kind: 'group', of };
  }

  /** Literal text up to `\E` or the end. What follows it repeats its last character, so one is given at a time. */
  private quoted(flags: string): RegexTree {
    const close = this.text.indexOf('\\E', this.at + 2);
    const quoted = Array.from(this.text.slice(this.at + 2, close < 0 ? this.text.length : close));
    this.at = close < 0 ? this.text.length : close + 2;
    const parts = quoted.map((character) => this.taking(flags, /[A-Za-z0-9]/.test(character) ? character : `\\${character}`));
    const last = parts.pop();
    const found = last && repetitionAt(this.text, this.at);
    if (!found) return sequence(last ? [...parts, last] : parts);
    this.at = found.end;
    return sequence([...parts, { kind: 'repeat', of: last, min: found.min, ...(found.max !== undefined && { max: found.max }) }]);
  }

  /** `(?i)`: letters that hold for the rest of the group. */
  private takeFlags(): string | undefined {
    const found = /^\(\?([a-zA-Z-]*)\)/.exec(this.text.slice(this.at));
    if (!found) return undefined;
    this.at += found[0].length;
    return found[1] ?? '';
  }

  private take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
}

const takenBy = new BoundedCache<string | undefined>();

/** The characters of paths that RE2 takes for an expression of one character; `undefined` when it is none. */
function charactersOf(expression: string): string | undefined {
  return takenBy.get(expression, () => {
    const matches = fullMatch(expression);
    return matches && Array.from(anyCharacter).filter(matches).join('');
  });
}

/** Flags after a change such as `i` or `s-i`. Only those that tell characters apart are kept. */
function changed(flags: string, change: string): string {
  const [on = '', off = ''] = change.split('-', 2);
  return ['i', 's'].filter((flag) => (flags.includes(flag) || on.includes(flag)) && !off.includes(flag)).join('');
}

function sequence(parts: readonly RegexTree[]): RegexTree {
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: 'sequence', parts };
}
