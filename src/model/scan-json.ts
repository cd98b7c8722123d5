/** A part of a JSON text. */
export interface JsonRange {
  readonly start: number;
  readonly end: number;
}

/** A member of an object in a JSON text. */
export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  readonly value: JsonRange;
}

/** The text is no JSON. */
export class JsonFormError extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Where the next character stands that is no white space. */
export function skipSpace(text: string, at: number, end = text.length): number {
  for (let next = at; next < end; next += 1) {
    const code = text.charCodeAt(next);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return next;
  }
  return end;
}

/** Behind the string whose quote stands at `at`; the end when it is not closed. */
export function stringEnd(text: string, at: number, end: number): number {
  for (let next = text.indexOf('"', at + 1); next >= 0 && next < end; next = text.indexOf('"', next + 1)) {
    let escapes = 0;
    while (text.charCodeAt(next - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return next + 1;
  }
  return end;
}

/** Behind the value that begins at `at`, by counting brackets: the value itself is not checked. */
export function valueEnd(text: string, at: number, end: number): number {
  const first = text.charCodeAt(at);
  if (first === quote) return stringEnd(text, at, end);
  if (first !== openBrace && first !== openBracket) return wordEnd(text, at, end);
  let depth = 0;
  for (let next = at; next < end; next += 1) {
    const code = text.charCodeAt(next);
    if (code === quote) next = stringEnd(text, next, end) - 1;
    else if (code === openBrace || code === openBracket) depth += 1;
    else if (code === closeBrace || code === closeBracket) depth -= 1;
    if (depth === 0) return next + 1;
  }
  return end;
}

/** Where more than `limit` brackets are open for the first time. */
export function tooDeepAt(text: string, { start, end }: JsonRange, limit: number): number | undefined {
  let depth = 0;
  for (let next = start; next < end; next += 1) {
    const code = text.charCodeAt(next);
    if (code === quote) next = stringEnd(text, next, end) - 1;
    else if (code === openBrace || code === openBracket) depth += 1;
    else if (code === closeBrace || code === closeBracket) depth -= 1;
    if (depth > limit) return next;
  }
  return undefined;
}

function wordEnd(text: string, at: number, end: number): number {
  for (let next = at; next < end; next += 1) {
    const code = text.charCodeAt(next);
    if (code === comma || code === closeBrace || code === closeBracket || code <= 0x20) return next;
  }
  return end;
}

/**
 * Members of the object that begins at `range.start`, in order, without those of their values.
 * @throws {JsonFormError} where something else stands between them
 */
export function* membersOf(text: string, { start, end }: JsonRange): Generator<JsonMember> {
  for (let at = firstEntry(text, start, end, closeBrace); at !== undefined;) {
    const member = memberAt(text, at, end);
    yield member;
    at = nextEntry(text, member.value.end, end, closeBrace);
  }
}

/**
 * Elements of the array that begins at `range.start`, in order.
 * @throws {JsonFormError} where something else stands between them
 */
export function* elementsOf(text: string, { start, end }: JsonRange): Generator<JsonRange> {
  for (let at = firstEntry(text, start, end, closeBracket); at !== undefined;) {
    const element = { start: at, end: valueEnd(text, at, end) };
    yield element;
    at = nextEntry(text, element.end, end, closeBracket);
  }
}

function memberAt(text: string, at: number, end: number): JsonMember {
  if (text.charCodeAt(at) !== quote) throw new JsonFormError(at, 'a key in double quotes is expected');
  const keyEnd = stringEnd(text, at, end);
  const separator = skipSpace(text, keyEnd, end);
  if (separator >= end || text.charCodeAt(separator) !== colon) throw new JsonFormError(separator, 'a colon is expected');
  const value = skipSpace(text, separator + 1, end);
  return { key: keyOf(text, at, keyEnd), keyStart: at, value: { start: value, end: valueEnd(text, value, end) } };
}

function firstEntry(text: string, start: number, end: number, close: number): number | undefined {
  const at = skipSpace(text, start + 1, end);
  return text.charCodeAt(at) === close ? undefined : at;
}

function nextEntry(text: string, after: number, end: number, close: number): number | undefined {
  const at = skipSpace(text, after, end);
  if (at >= end) throw new JsonFormError(end, 'the text ends in the middle of a value');
  if (text.charCodeAt(at) === close) return undefined;
  if (text.charCodeAt(at) !== comma) throw new JsonFormError(at, 'a comma or a closing bracket is expected');
  return skipSpace(text, at + 1, end);
}

/** The text of a key; escapes are rare. */
export function keyOf(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1);
  if (!raw.includes('\\')) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    throw new JsonFormError(start, 'a key holds an escape that JSON does not know');
  }
}
