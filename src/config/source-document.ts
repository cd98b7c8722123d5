import { LineCounter, isNode, parseAllDocuments, type Document } from 'yaml';
import { isJsonObject, type JsonObject, type JsonPath } from '../model/json';
import type { Position } from '../model/manifest';
import { toPlainJson } from '../model/plain-json';

/** Aliases may multiply what a file says by this much before it is taken for an attack. */
const aliasLimit = 100;

/** A YAML or JSON file of one mapping, with the places of its values. */
export interface SourceDocument {
  /** As the user gave it. */
  readonly file: string;
  readonly data: JsonObject;
  /** Place of the value, or undefined when the path is not in the document. */
  find(path: JsonPath): Position | undefined;
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
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error', uniqueKeys: true });
  const errors = documents.flatMap((document) =>
    document.errors.map((error) => ({ message: error.message, ...position(lines, error.pos[0]) })),
  );
  if (errors.length > 0) return errors;
  const [document, second] = documents;
  if (!document) return [{ line: 1, column: 1, message: 'is empty; a mapping is expected' }];
  if (second) return [{ ...position(lines, second.range[0]), message: 'a second document begins here; one file holds one' }];
  return plain(document, lines, file);
}

function plain(document: Document.Parsed | Document, lines: LineCounter, file: string): SourceDocument | readonly SyntaxProblem[] {
  try {
    const data = toPlainJson(document.toJS({ maxAliasCount: aliasLimit }));
    if (!isJsonObject(data))
      return [{ line: 1, column: 1, message: `holds ${data === null ? 'nothing' : 'no mapping'}; a mapping is expected` }];
    return { file, data, find: (path) => find(document, lines, path) };
  } catch (error) {
    return [{ line: 1, column: 1, message: error instanceof Error ? error.message : 'cannot be read' }];
  }
}

function find(document: Document.Parsed | Document, lines: LineCounter, path: JsonPath): Position | undefined {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) && node.range ? position(lines, node.range[0]) : undefined;
}

function position(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
