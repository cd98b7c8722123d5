/** Where a document stands in the text of a file. */
export interface DocumentRange {
  readonly start: number;
  readonly end: number;
  /** Line of `start`, counted from 1. */
  readonly line: number;
  /** True when a byte order mark in the middle of the text stands before it. */
  readonly afterMark: boolean;
}

const byteOrderMark = '\uFEFF';

/**
 * Finds the documents of a YAML stream without parsing them, in time linear in the text. A document begins at `---` and ends before the
 * next one or with `...`, both at the beginning of a line; directives and comments before `---` belong to the document that follows. No value
 * can hold such a line: quotes and brackets end at it, too.
 *
 * @see https://yaml.org/spec/1.2.2/#rule-c-forbidden
 */
export function* splitDocuments(text: string): Generator<DocumentRange> {
  let start = text.startsWith(byteOrderMark) ? 1 : 0;
  let line = 1;
  let afterMark = false;
  let opened = false;
  for (const { at, kind } of boundaries(text, start)) {
    if (kind === '---' && !opened && isPrefix(text, start, at)) {
      opened = true;
      continue;
    }
    const end = kind === '...' ? lineAfter(text, at) : at;
    if (end > start) yield { start, end, line, afterMark };
    line += lineBreaks(text.slice(start, end));
    afterMark = kind === byteOrderMark;
    start = afterMark ? end + 1 : end;
    opened = kind === '---';
  }
  if (text.length > start) yield { start, end: text.length, line, afterMark };
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** Where the line after the one of `at` begins. */
function lineAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

interface Boundary {
  readonly at: number;
  readonly kind: '---' | '...' | typeof byteOrderMark;
}

const kinds = ['---', '...', byteOrderMark] as const;

function* boundaries(text: string, from: number): Generator<Boundary> {
  const first = kinds.find((kind) => isMarker(text, from, kind));
  if (first !== undefined) yield { at: from, kind: first };
  // Each kind remembers where it comes next, so that a kind that never comes is searched once and not for every document.
  const next = kinds.map((kind) => ({ kind, at: nextMarker(text, from, kind) }));
  for (;;) {
    const nearest = next.reduce((best, one) => (one.at < best.at ? one : best));
    if (nearest.at === Infinity) return;
    const { at, kind } = nearest;
    yield { at, kind };
    if (kind === byteOrderMark && isMarker(text, at + 1, '---')) yield { at: at + 1, kind: '---' };
    nearest.at = nextMarker(text, at, kind);
  }
}

function nextMarker(text: string, from: number, kind: Boundary['kind']): number {
  for (let at = text.indexOf(`\n${kind}`, from); at >= 0; at = text.indexOf(`\n${kind}`, at + 1))
    if (isMarker(text, at + 1, kind)) return at + 1;
  return Infinity;
}

function isMarker(text: string, at: number, kind: Boundary['kind']): boolean {
  if (!text.startsWith(kind, at)) return false;
  const after = text.charAt(at + kind.length);
  return kind === byteOrderMark || after === '' || after === ' ' || after === '\t' || after === '\n' || after === '\r';
}

/** True when a part of a text holds nothing but blank lines, comments and directives. */
function isPrefix(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at = lineAfter(text, at)) {
    if (text.charAt(at) === '%') continue;
    let first = at;
    while (first < end && isBlank(text.charCodeAt(first))) first += 1;
    if (first < end && text.charAt(first) !== '#' && text.charAt(first) !== '\n') return false;
  }
  return true;
}

/** A space, a tab or a carriage return. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d;
}
