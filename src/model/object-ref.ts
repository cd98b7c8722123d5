import type { Where } from './check-result';
import { excerptOf } from './excerpt';
import { formatJsonPath, type JsonPath } from './json';
import type { Manifest } from './manifest';

/** Kinds that live outside namespaces and may appear in an input. */
const clusterScoped = new Set([
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'PersistentVolume',
  'StorageClass',
]);

/** What {@link objectRef} makes, and nothing else: a text of another form names no object. */
export const objectRefPattern =
  /^(?:(?:Namespace|ClusterRole|ClusterRoleBinding|CustomResourceDefinition|PersistentVolume|StorageClass) [^\s/]+|(?!(?:Namespace|ClusterRole|ClusterRoleBinding|CustomResourceDefinition|PersistentVolume|StorageClass) )[^\s/]+ [^\s/]+\/[^\s/]+)$/;

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
