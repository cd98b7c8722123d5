import type { CheckResult } from './check-result';
import { collectManifests, type ReadDocument } from './collect-manifests';
import { DocumentTooLargeError } from './errors';
import { jsonValuesOf, readJsonText } from './read-json-text';
import { readYamlDocument } from './read-yaml-document';
import type { SourceSlice } from './source-slice';
import { splitDocuments } from './split-documents';
import { syntaxProblem } from './syntax-problem';
import { yamlPlaces } from './yaml-places';

/** How documents are read. */
export interface ReadOptions {
  /** Bytes that one YAML document may have; JSON has no such limit. @default 16777216 */
  readonly maxDocumentBytes?: number;
}

const defaultMaxDocumentBytes = 16 * 1024 * 1024;

/**
 * Reads a YAML stream or JSON document by document, in the order of the source, problems in place among them. One document at a time is
 * parsed, so a stream of any length takes the memory of its text and of what the caller keeps. Empty documents are dropped.
 *
 * @param file Path as the user gave it, or `<stdin>`; only used in messages.
 * @throws {DocumentTooLargeError} ERR_DOCUMENT_TOO_LARGE when one YAML document has more than `maxDocumentBytes`
 */
export function* readDocuments(text: string, file: string, options: ReadOptions = {}): Generator<ReadDocument> {
  const maxBytes = options.maxDocumentBytes ?? defaultMaxDocumentBytes;
  for (const { afterMark, ...range } of splitDocuments(text)) {
    const slice = { file, text, ...range, column: 1 };
    if (afterMark) yield { problem: markProblem(file, slice.line) };
    const json = jsonValuesOf(slice, maxBytes);
    if (json) yield* readJsonText(slice, json);
    else yield* readYaml(slice, maxBytes);
  }
}

function markProblem(file: string, line: number): CheckResult {
  return syntaxProblem(
    file,
    { line, column: 1 },
    'a byte order mark (U+FEFF) stands in the middle of the text; kubectl does not see that a document begins behind it',
    'Join files with a line --- between them, and without byte order marks.',
  );
}

function* readYaml(slice: SourceSlice, maxBytes: number): Generator<ReadDocument> {
  const { file, line } = slice;
  const bytes = sizeOf(slice, maxBytes);
  if (bytes > maxBytes) throw new DocumentTooLargeError(file, line, bytes, maxBytes);
  const read = readYamlDocument(slice);
  if ('problem' in read) yield read;
  else if (read.value !== null) yield* collectManifests(read.value, [], { file, ...yamlPlaces(slice) });
}

/** Bytes of a document in UTF-8; counted only when it comes near the limit. */
function sizeOf({ text, start, end }: SourceSlice, maxBytes: number): number {
  const length = end - start;
  return length * 3 <= maxBytes ? length : Buffer.byteLength(text.slice(start, end));
}
