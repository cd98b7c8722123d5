import { LineCounter, parseDocument, type Document, type YAMLParseError } from 'yaml';
import type { SourceSlice } from './source-slice';

/** A parsed YAML document and the lines of its text. */
export interface ParsedYaml {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Documents above this many characters are kept in memory one at a time: parsed they take a hundred times the room. */
const bigLength = 1024 * 1024;

/** How many small ones are kept. */
const keptCount = 4;

/** The documents that were asked for places last. Results speak of one document several times in a row. */
let recent: readonly (readonly [SourceSlice, ParsedYaml])[] = [];

/**
 * Parses one document. Keys are not compared here: the parser compares each with each, which is quadratic.
 * @throws {RangeError} when values are nested so deeply that the stack does not suffice
 */
export function parseYaml({ text, start, end }: SourceSlice): ParsedYaml {
  if (end - start > bigLength) recent = [];
  const lines = new LineCounter();
  const document = parseDocument(text.slice(start, end), {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
    logLevel: 'error',
    uniqueKeys: false,
  });
  return { document, lines };
}

/** The same, kept for a while. */
export function parseYamlAgain(slice: SourceSlice): ParsedYaml {
  const known = recent.find(([of]) => of === slice);
  if (known) return known[1];
  const parsed = parseYaml(slice);
  const isBig = slice.end - slice.start > bigLength;
  recent = isBig ? [[slice, parsed]] : [[slice, parsed], ...recent.slice(0, keptCount - 1)];
  return parsed;
}

/** Advice by the code of the parser, for mistakes whose message does not say what should be. */
const advice: Readonly<Partial<Record<YAMLParseError['code'], string>>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'give all members of a mapping or sequence the same indentation',
  BLOCK_AS_IMPLICIT_KEY: 'put a value that holds ": " into quotes',
  MULTILINE_IMPLICIT_KEY: 'a key stands on one line and ends with ":"',
  BAD_SCALAR_START: 'put the value into quotes',
  BAD_ALIAS: 'put a value that begins with * or & into quotes',
  KEY_OVER_1024_CHARS: 'a key has at most 1024 characters',
};

/** What the parser says, and what should be instead. */
export function describeYamlError({ code, message }: Pick<YAMLParseError, 'code' | 'message'>): string {
  if (code === 'RESOURCE_EXHAUSTION') return tooDeep;
  const should = advice[code];
  return should === undefined ? message : `${message}; ${should}`;
}

/** What is said when the stack of the parser does not suffice. */
export const tooDeep = 'values are nested too deeply to be read';
