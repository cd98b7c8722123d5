import type { CheckResult } from './check-result';
import type { Manifest } from './manifest';
import { readDocuments } from './read-documents';

export type { ReadDocument } from './collect-manifests';
export { namespaceOf, objectRef, whereOf } from './object-ref';
export { readDocuments } from './read-documents';

/** What a text holds: Kubernetes objects, and what is wrong with the rest. */
export interface ReadManifests {
  readonly manifests: Manifest[];
  readonly problems: CheckResult[];
}

/**
 * Reads a YAML stream or JSON. Lists are flattened, empty documents dropped. A malformed document becomes a `fail`
 * result of id `manifest-syntax` with its place; the documents beside it are still read.
 *
 * @param file Path as the user gave it, or `<stdin>`; only used in messages.
 * @throws {DocumentTooLargeError} ERR_DOCUMENT_TOO_LARGE when one YAML document has more than 16 MiB
 */
export function readManifests(text: string, file: string): ReadManifests {
  const found: ReadManifests = { manifests: [], problems: [] };
  for (const document of readDocuments(text, file)) {
    if ('manifest' in document) found.manifests.push(document.manifest);
    else found.problems.push(document.problem);
  }
  return found;
}
