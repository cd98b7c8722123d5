import { checkResult, type CheckResult } from '../model/check-result';
import { DocumentTooLargeError, FileUnreadableError } from '../model/errors';
import { readDocuments, type ReadDocument } from '../model/read-manifests';
import { createChartFiles, notAManifest, type ChartFiles } from './chart-files';
import type { Files } from './files';
import { createInputDigest, type InputDigest } from './input-digest';
import { walkPaths, type Found } from './walk';

/** Documents of the paths of a command line, as they are read. */
export interface ManifestStream {
  /** To be read once. */
  readonly documents: AsyncIterable<ReadDocument>;
  /** SHA-256 over names and texts, in hex, once the documents are read: the same input gives the same digest. */
  readonly digest: () => string;
}

/** How documents are read. */
export interface StreamOptions {
  /** Bytes that one YAML document may have; JSON has no such limit. @default 16777216 */
  readonly maxDocumentBytes?: number;
}

interface Reading extends StreamOptions {
  readonly files: Files;
  readonly digest: InputDigest;
  readonly charts: ChartFiles;
}

/**
 * Reads every manifest below the given paths, file by file and document by document; `-` is standard input. What a walk through a folder
 * meets and cannot read becomes a problem of id `file-unreadable`, and the rest is read; what the caller named itself must be readable.
 *
 * Reading the documents throws {@link FileUnreadableError} when a path that was named cannot be read, and {@link DocumentTooLargeError}
 * when one of its documents is too large.
 */
export function streamManifestInput(
  files: Files,
  paths: readonly string[],
  readStdin: () => Promise<string>,
  options: StreamOptions = {},
): ManifestStream {
  const reading = { ...options, files, digest: createInputDigest(), charts: createChartFiles() };
  return { documents: documentsOf(reading, paths, readStdin), digest: () => reading.digest.hex() };
}

async function* documentsOf(reading: Reading, paths: readonly string[], readStdin: () => Promise<string>): AsyncGenerator<ReadDocument> {
  for await (const found of walkPaths(reading.files, paths)) {
    if (found === '-') yield* readText(reading, '<stdin>', await readStdin());
    else yield* readFound(reading, found);
  }
  for (const problem of reading.charts.results()) yield { problem };
}

async function* readFound(reading: Reading, found: Found): AsyncGenerator<ReadDocument> {
  if (!found.isNamed && /^kustomization\.ya?ml$/.test(found.name)) {
    yield { problem: notAManifest(found.path, 'this is a file of kustomize and no manifest') };
    return;
  }
  if (!found.isNamed && reading.charts.takeDescription(found)) return;
  try {
    if (found.error !== undefined) throw found.error;
    const text = await reading.files.readText(found.path);
    if (!found.isNamed && reading.charts.takeTemplate(found, text)) reading.digest.add(found.path, text);
    else
      for (const document of readText(reading, found.path, text)) yield found.isNamed ? document : foreignAsSkipped(document, found.path);
  } catch (error) {
    if (found.isNamed || !(error instanceof FileUnreadableError || error instanceof DocumentTooLargeError)) throw error;
    yield { problem: unreadable(found.path, error) };
  }
}

function* readText(reading: Reading, file: string, text: string): Generator<ReadDocument> {
  reading.digest.add(file, text);
  yield* readDocuments(text, file, reading);
}

/** Next to manifests lie files of other programs; what was named, and what has anything of a manifest, must be one. */
function foreignAsSkipped(document: ReadDocument, file: string): ReadDocument {
  if (!('problem' in document) || document.foreign !== true) return document;
  return { problem: notAManifest(file, 'a document with none of apiVersion, kind, metadata and spec: no manifest') };
}

function unreadable(file: string, error: FileUnreadableError | DocumentTooLargeError): CheckResult {
  return checkResult({
    id: 'file-unreadable',
    status: 'error',
    severity: 'medium',
    title: 'Every file that is named like a manifest can be read',
    message: `the file was not checked: ${error.message}`,
    fix: error.hint,
    where: { file },
  });
}
