import { fullMatch } from './linear-regex';

/** A value of `allowOrigins` in a CORS policy, as Envoy compares it with the origin of a page. */
export interface OriginPattern {
  readonly match: 'exact' | 'prefix' | 'regex';
  readonly value: string;
}

/** Origins that nobody names on purpose; who admits all of them admits everybody. The reserved top level never belongs to anyone. */
const strangers = ['https://stranger.invalid', 'https://other.invalid:8443', 'http://stranger.invalid'];

/** True when a pattern takes the origins of pages that nobody had in mind. */
export function admitsEverybody(pattern: OriginPattern): boolean {
  const { match, value } = pattern;
  if (match === 'exact') return value === '*' || value === 'null';
  if (match === 'prefix') return /^(?:h(?:t(?:t(?:p(?:s?(?::(?:\/(?:\/)?)?)?)?)?)?)?)?$/.test(value) || value === '*';
  const matches = fullMatch(value);
  // Envoy lets everybody in, too, when a pattern takes the text `*`.
  return matches !== undefined && (matches('*') || strangers.slice(0, 2).every(matches) || matches('null'));
}

/** An origin of a stranger that a pattern takes beside the one that was meant; `undefined` when none is found. */
export function strangerOf(pattern: OriginPattern): string | undefined {
  if (pattern.match === 'exact') return undefined;
  const candidates = pattern.match === 'prefix' ? prefixStrangers(pattern.value) : regexStrangers(pattern.value);
  const matches = pattern.match === 'prefix' ? (origin: string) => origin.startsWith(pattern.value) : fullMatch(pattern.value);
  return candidates.find((origin) => matches?.(origin) === true);
}

/** True when no browser ever sends an origin that the pattern takes: origins have a scheme, lower case, and no path. */
export function admitsNobody({ match, value }: OriginPattern): boolean {
  if (match === 'regex') return false;
  if (value === '*' || value === 'null') return false;
  if (match === 'prefix') return admitsNobodyByPrefix(value);
  return !/^[a-z][a-z0-9+.-]*:\/\/[^/\sA-Z]+$/.test(value);
}

function admitsNobodyByPrefix(value: string): boolean {
  const afterScheme = value.replace(/^[a-z][a-z0-9+.-]*:\/\//, '');
  return /[/\sA-Z]/.test(afterScheme) || (!/^[a-z]/.test(value) && value !== '');
}

function prefixStrangers(value: string): string[] {
  // A prefix is closed by the colon before a port; a letter, a digit or a dot can go on.
  return /[a-z0-9-]$/.test(value) ? [`${value}.stranger.invalid`] : /\.$/.test(value) ? [`${value}stranger.invalid`] : [];
}

/**
 * Origins near the meant one: with a letter for a dot that is not escaped, with more in front where a wildcard touches a name, and with
 * more at the end. Only what the pattern really takes is told, so an expression that is read wrongly here raises no alarm.
 */
function regexStrangers(expression: string): string[] {
  const { text, dots, tail } = readExpression(expression);
  const letters = dots.slice(0, dotLimit).map((at) => `${text.slice(0, at)}x${text.slice(at + 1)}`);
  return [
    // A name without any dot belongs to nobody on the internet.
    ...letters.filter((origin) => origin.slice(origin.indexOf('://') + 3).includes('.')),
    `${text}.stranger.invalid`,
    ...(/^[a-z0-9]/.test(tail) && text.includes('://') ? [`${text.slice(0, text.indexOf('://'))}://stranger${tail}`] : []),
  ];
}

/** More dots than any host has. */
const dotLimit = 20;

interface MeantOrigin {
  /** The origin that the expression was made of, with a name for each wildcard. */
  readonly text: string;
  /** Where in the text a dot stands that the expression does not escape. */
  readonly dots: readonly number[];
  /** What follows the last wildcard. */
  readonly tail: string;
}

/** Reads the plain parts of an expression: of alternatives the first, of optional parts the part. */
function readExpression(expression: string): MeantOrigin {
  const dots: number[] = [];
  let [text, wildcard, i] = ['', 0, 0];
  while (i < expression.length) {
    const char = expression[i] ?? '';
    const next = expression[i + 1] ?? '';
    if (char === '\\') {
      text += next === 'd' ? '0' : next === 'w' ? 'a' : next;
      i += 2;
    } else if (char === '.' && (next === '*' || next === '+')) {
      text += 'app';
      wildcard = text.length;
      i += 2;
    } else if (char === '[') {
      const end = expression.indexOf(']', i + 2);
      text += next === '^' ? 'app' : next;
      if (next === '^') wildcard = text.length;
      i = end < 0 ? expression.length : end + 1;
    } else if (char === '|') {
      const end = expression.indexOf(')', i);
      i = end < 0 ? expression.length : end;
    } else {
      if (char === '.') dots.push(text.length);
      if (!'^$()?*+'.includes(char) && !(char === ':' && expression.slice(i - 2, i) === '(?')) text += char;
      i += 1;
    }
  }
  return { text, dots, tail: wildcard === 0 ? '' : text.slice(wildcard) };
}
