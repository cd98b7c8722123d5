import type { CheckResult, Where } from './check-result';
import { excerptOf } from './excerpt';
import { formatJsonPath, type JsonPath } from './json';
import type { Manifest } from './manifest';
import { readDocuments } from './read-documents';

export type { ReadDocument } from './collect-manifests';
export { readDocuments } from './read-documents';

/** Kinds that live outside namespaces and may appear in an input. */
const clusterScoped = new Set([
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'PersistentVolume',
  'StorageClass',
]);

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

/** `Kind namespace/name`; without the namespace for kinds that have none. */
export function objectRef(manifest: Pick<Manifest, 'kind' | 'namespace' | 'name'>): string {
  return clusterScoped.has(manifest.kind)
    ? `${manifest.kind} ${manifest.name}`
    : `${manifest.kind} ${namespaceOf(manifest)}/${manifest.name}`;
}

/** Namespace of an object; `default` when the manifest names none. */
export function namespaceOf(manifest: Pick<Manifest, 'namespace'>): string {
  return manifest.namespace ?? 'default';
}

/**
 * Place of a value in the user's files, for a result.
 * @param options.excerpt Adds the line of the source, unless it may hold a secret. @default false
 */
export function whereOf(manifest: Manifest, path: JsonPath = [], options: { readonly excerpt?: boolean } = {}): Where {
  const position = manifest.locate(path);
  const excerpt = options.excerpt === true ? excerptOf(manifest, path, position) : undefined;
  return {
    file: manifest.file,
    ...position,
    object: objectRef(manifest),
    ...(path.length > 0 && { path: formatJsonPath(path) }),
    ...(excerpt !== undefined && { excerpt }),
  };
}
