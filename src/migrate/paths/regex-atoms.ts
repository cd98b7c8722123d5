/** Where a repetition sign ends, and how often it asks for what stands before it. */
export interface Repetition {
  readonly min: number;
  /** Absent for no limit. */
  readonly max?: number;
  /** Index behind it. */
  readonly end: number;
}

/** The repetition sign at an index of a valid expression; `undefined` when what stands there is none. A brace that holds no numbers is text. */
export function repetitionAt(text: string, at: number): Repetition | undefined {
  const found = /^(?:([*+?])|\{(\d+)(?:(,)(\d+)?)?\})\??/.exec(text.slice(at, at + 16));
  if (!found) return undefined;
  const [all, sign, least, comma, most] = found;
  const end = at + all.length;
  if (sign !== undefined) return { min: sign === '+' ? 1 : 0, ...(sign === '?' && { max: 1 }), end };
  const min = Number(least);
  if (comma !== undefined && most === undefined) return { min, end };
  return { min, max: most === undefined ? min : Number(most), end };
}

/** Index behind the character, escape or class that stands at an index of a valid expression. */
export function atomEnd(text: string, at: number): number {
  if (text[at] === '\\') return at + escapeLength(text.slice(at, at + 64));
  if (text[at] === '[') return classEnd(text, at);
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}

function escapeLength(text: string): number {
  const found = /^\\(?:x\{[^}]*\}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|[pP].|[0-7]{1,3}|.)/su.exec(text);
  return found?.[0].length ?? text.length;
}

function classEnd(text: string, open: number): number {
  let at = open + 1;
  if (text[at] === '^') at += 1;
  // A bracket that stands first is text.
  if (text[at] === ']') at += 1;
  while (at < text.length && text[at] !== ']') {
    const named = text.startsWith('[:', at) ? text.indexOf(':]', at + 2) : -1;
    if (named >= 0) at = named + 2;
    else at += text[at] === '\\' ? escapeLength(text.slice(at, at + 64)) : 1;
  }
  return at + 1;
}
