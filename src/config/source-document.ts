import { LineCounter, isNode, type Document } from 'yaml';
import { isJsonObject, type JsonObject, type JsonPath } from '../model/json';
import type { Position } from '../model/manifest';
import { toPlainJson } from '../model/plain-json';
import { NestedTooDeeplyError, yamlDocuments } from '../model/yaml-documents';
import { cutSource, type Member } from './source-slices';

/** Aliases may multiply what a file says by this much before it is taken for an attack. */
const aliasLimit = 100;
/** Longer files are parsed piece by piece, in characters. */
const longFile = 256 * 1024;

/** A YAML or JSON file of one mapping, with the places of its values. */
export interface SourceDocument {
  /** As the user gave it. */
  readonly file: string;
  readonly data: JsonObject;
  /** Place of the value, or undefined when the path is not in the document. */
  readonly find: (path: JsonPath) => Position | undefined;
}

/** What cannot be read at all. */
export interface SyntaxProblem extends Position {
  readonly message: string;
}

/**
 * Parses a file that must hold one mapping.
 * @returns the document, or every reason why it is none
 */
export function parseSource(text: string, file: string): SourceDocument | readonly SyntaxProblem[] {
  const data = text.length < longFile ? undefined : parseInPieces(text);
  if (!data) return parseWhole(text, file);
  let whole: ReturnType<typeof parseWhole> | undefined;
  // Places are asked for only when something is wrong, so the costly tree is made only then.
  const find = (path: JsonPath): Position | undefined => {
    whole ??= parseWhole(text, file);
    return 'data' in whole ? whole.find(path) : undefined;
  };
  return { file, data, find };
}

function parseWhole(text: string, file: string): SourceDocument | readonly SyntaxProblem[] {
  const lines = new LineCounter();
  try {
    return oneMapping(yamlDocuments(text, {}, lines), { text, file, lines });
  } catch (error) {
    if (!(error instanceof NestedTooDeeplyError)) throw error;
    return [{ message: error.message, ...position(lines, error.offset) }];
  }
}

function oneMapping(
  documents: readonly Document.Parsed[],
  { text, file, lines }: { text: string; file: string; lines: LineCounter },
): SourceDocument | readonly SyntaxProblem[] {
  const errors = documents.flatMap((document) =>
    document.errors.map(({ code, message, pos: [offset] }) => ({
      message: code === 'DUPLICATE_KEY' ? repeatedKey(text, offset) : message,
      ...position(lines, offset),
    })),
  );
  if (errors.length > 0) return errors;
  const [document, second] = documents;
  if (!document) return [{ line: 1, column: 1, message: 'is empty; a mapping is expected' }];
  if (second) return [{ ...position(lines, second.range[0]), message: 'a second document begins here; one file holds one' }];
  try {
    const data = plain(document);
    if (isJsonObject(data)) return { file, data, find: (path) => find(document, lines, path) };
    return [{ line: 1, column: 1, message: `holds ${data === null ? 'nothing' : 'no mapping'}; a mapping is expected` }];
  } catch (error) {
    return [{ line: 1, column: 1, message: error instanceof Error ? error.message : 'cannot be read' }];
  }
}

/** The parser does not say which key it means. */
function repeatedKey(text: string, offset: number): string {
  const [key = ''] = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s:,{}[\]]+)/.exec(text.slice(offset, offset + 256)) ?? [];
  return `the key ${key} stands in this mapping a second time; give each key once`;
}

function plain(document: Document.Parsed | Document): unknown {
  return toPlainJson(document.toJS({ maxAliasCount: aliasLimit }));
}

/** @returns undefined when anything is unusual or wrong; the whole then says what */
function parseInPieces(text: string): JsonObject | undefined {
  const data = new Map<string, unknown>();
  for (const member of cutSource(text) ?? [undefined]) {
    const entries = member && parseMember(member);
    if (!entries || !addUnique(data, entries)) return undefined;
  }
  return Object.fromEntries(data) as JsonObject;
}

function parseMember({ name, texts }: Member): JsonObject | undefined {
  const entries = new Map<string, unknown>();
  for (const text of texts) {
    const [document, second] = documentsOrNone(text);
    if (!document || second || document.errors.length > 0) return undefined;
    const piece = tryPlain(document);
    if (!isJsonObject(piece) || !addUnique(entries, piece)) return undefined;
  }
  const members = Object.fromEntries(entries) as JsonObject;
  return name === undefined ? members : { [name]: members };
}

function documentsOrNone(text: string): readonly Document.Parsed[] {
  try {
    return yamlDocuments(text);
  } catch {
    return [];
  }
}

function tryPlain(document: Document.Parsed | Document): unknown {
  try {
    return plain(document);
  } catch {
    return undefined;
  }
}

function addUnique(into: Map<string, unknown>, entries: JsonObject): boolean {
  for (const [key, value] of Object.entries(entries)) {
    if (into.has(key)) return false;
    into.set(key, value);
  }
  return true;
}

function find(document: Document.Parsed | Document, lines: LineCounter, path: JsonPath): Position | undefined {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) && node.range ? position(lines, node.range[0]) : undefined;
}

/** Where a text stops being JSON. */
export function jsonErrorAt(text: string): Position {
  const lines = new LineCounter();
  try {
    const [document] = yamlDocuments(text, { schema: 'json' }, lines);
    return position(lines, document?.errors[0]?.pos[0] ?? 0);
  } catch (error) {
    return position(lines, error instanceof NestedTooDeeplyError ? error.offset : 0);
  }
}

function position(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
