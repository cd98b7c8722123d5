import { Composer, LineCounter, type Document, YAMLParseError } from 'yaml';
import type { SourceSlice } from './source-slice';
import { tooDeep, yamlTokens } from './yaml-documents';

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
 * @throws {NestedTooDeeplyError} when more than 250 collections are open at once
 */
export function parseYaml({ text: whole, start, end }: SourceSlice): ParsedYaml {
  if (end - start > bigLength) recent = [];
  const text = whole.slice(start, end);
  const lines = new LineCounter();
  const composer = new Composer({ merge: true, prettyErrors: false, logLevel: 'error', uniqueKeys: false });
  const [document, second] = composer.compose(yamlTokens(text, lines), true, text.length) as Iterable<Document.Parsed>;
  if (document === undefined) throw new TypeError('the parser made no document, not even an empty one');
  if (second)
    document.errors.push(new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', 'a line --- is expected before it'));
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
  BLOCK_AS_IMPLICIT_KEY: 'indent the next line as this one if it is a member beside it, and put a value that holds ": " into quotes',
  MULTILINE_IMPLICIT_KEY: 'a key stands on one line and ends with ":"',
  BAD_SCALAR_START: 'put the value into quotes',
  BAD_ALIAS: 'put a value that begins with * or & into quotes',
  KEY_OVER_1024_CHARS: 'a key has at most 1024 characters',
};

/**
 * What the parser says, and what should be instead.
 *
 * @param text of the document: where it may hold secrets, the parser's quotation of it is left out
 */
export function describeYamlError({ code, message }: Pick<YAMLParseError, 'code' | 'message'>, text: string): string {
  if (code === 'RESOURCE_EXHAUSTION') return tooDeep;
  const should = advice[code];
  const said = /secret|stringData|passw|token|credential/i.test(text) ? message.replace(/: .*$|"[^]*"|'[^]*'/, '') : message;
  return should === undefined ? said : `${said}; ${should}`;
}
