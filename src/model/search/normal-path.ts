const hexCharacters = '0123456789abcdefABCDEF';

/** What is remembered of a path while its characters come, to know that normalization would leave it as it is. */
export interface NormalPath {
  /** Text of the segment so far, as far as it matters: the start, `.`, `..`, or anything else. */
  readonly segment: '' | '.' | '..' | 'other';
  /** What follows a percent sign: nothing is open, the sign itself, or the sign with a hex digit. */
  readonly escape: '' | '%' | `%${string}`;
}

/** Before the first character, which must be a slash. */
export const pathStart: NormalPath | undefined = { segment: 'other', escape: '' };

/** The state after one more character; `undefined` when normalization would change every path that goes on like this. */
export function nextNormal({ segment, escape }: NormalPath, character: string): NormalPath | undefined {
  const opened = nextEscape(escape, character);
  if (opened === undefined) return undefined;
  const ended = segment === '.' || segment === '..';
  if (character === '/') return ended ? undefined : { segment: '', escape: opened };
  if (character === ';' && ended) return undefined;
  const text = character === '.' ? ({ '': '.', '.': '..', '..': 'other', other: 'other' } as const)[segment] : 'other';
  return { segment: text, escape: opened };
}

/** True when a path may end here. */
export function endsNormal({ segment }: NormalPath): boolean {
  return segment !== '.' && segment !== '..';
}

/** An escape of an unreserved character is decoded, one of zero is refused. */
function nextEscape(escape: NormalPath['escape'], character: string): NormalPath['escape'] | undefined {
  if (character === '%') return '%';
  if (escape === '' || !hexCharacters.includes(character)) return '';
  if (escape === '%') return `%${character}`;
  const code = Number.parseInt(escape.slice(1) + character, 16);
  return code === 0 || /[A-Za-z0-9\-._~]/.test(String.fromCharCode(code)) ? undefined : '';
}
