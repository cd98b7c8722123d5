import { LineCounter, isNode, parseAllDocuments, type Document } from 'yaml';
import { checkResult, type CheckResult, type Where } from './check-result';
import { formatJsonPath, isJsonObject, type JsonObject, type JsonPath, type JsonValue } from './json';
import type { Manifest, Position } from './manifest';
import { toPlainJson } from './plain-json';

/** Aliases that one document may use, counted with what they multiply to; more is taken for a resource-exhaustion attack. */
const aliasLimit = 100;

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

/** One document, or what keeps it from being one. */
export type ReadDocument = { readonly manifest: Manifest } | { readonly problem: CheckResult };

/** Reads documents one by one, so that a long stream never stands in memory as a whole. */
export function* readDocuments(text: string, file: string): Generator<ReadDocument> {
  const { manifests, problems } = readManifests(text, file);
  for (const manifest of manifests) yield { manifest };
  for (const problem of problems) yield { problem };
}

/**
 * Reads a YAML stream or JSON. Lists are flattened, empty documents dropped. A malformed document becomes a `fail`
 * result of id `manifest-syntax` with its place; the documents beside it are still read.
 *
 * @param file Path as the user gave it, or `<stdin>`; only used in messages.
 */
export function readManifests(text: string, file: string): ReadManifests {
  const lineCounter = new LineCounter();
  const found: ReadManifests = { manifests: [], problems: [] };
  for (const document of documentsOf(text, lineCounter, file, found)) readDocument({ document, lineCounter, file }, found);
  return found;
}

function documentsOf(text: string, lineCounter: LineCounter, file: string, found: ReadManifests): Iterable<Document.Parsed> {
  try {
    return parseAllDocuments(text, { lineCounter, merge: true, prettyErrors: false, logLevel: 'error' });
  } catch {
    // The parser recurses, so brackets by the ten thousand exhaust its stack.
    found.problems.push(syntaxProblem(file, { line: 1, column: 1 }, 'values are nested too deeply to be read'));
    return [];
  }
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

/** Place of a value in the user's files, for a result. */
export function whereOf(manifest: Manifest, path: JsonPath = []): Where {
  const place = { file: manifest.file, ...manifest.locate(path), object: objectRef(manifest) };
  return path.length === 0 ? place : { ...place, path: formatJsonPath(path) };
}

interface Source {
  readonly document: Document.Parsed;
  readonly lineCounter: LineCounter;
  readonly file: string;
}

function readDocument(source: Source, found: ReadManifests): void {
  const first = source.document.errors[0];
  if (first) {
    found.problems.push(syntaxProblem(source.file, positionAt(source.lineCounter, first.pos[0]), first.message));
    return;
  }
  try {
    const value = toPlainJson(source.document.toJS({ maxAliasCount: aliasLimit }));
    if (value !== null) collect(value, [], source, found);
  } catch (error) {
    found.problems.push(syntaxProblem(source.file, locate(source, []), error instanceof Error ? error.message : String(error)));
  }
}

function collect(value: unknown, path: JsonPath, source: Source, found: ReadManifests): void {
  if (isJsonObject(value) && isList(value)) {
    value.items.forEach((item, index) => {
      collect(item, [...path, 'items', index], source, found);
    });
    return;
  }
  const read = manifestOf(value, path, source);
  if (read === undefined) return;
  if ('message' in read) found.problems.push(syntaxProblem(source.file, locate(source, [...path, ...read.at]), read.message));
  else found.manifests.push(read);
}

function isList(value: JsonObject): value is JsonObject & { items: JsonValue[] } {
  return typeof value['kind'] === 'string' && value['kind'].endsWith('List') && Array.isArray(value['items']);
}

/** The object as a manifest, what keeps it from being one, or nothing for a file of kustomize, which is no object of a cluster. */
function manifestOf(value: unknown, path: JsonPath, source: Source): Manifest | { at: JsonPath; message: string } | undefined {
  if (!isJsonObject(value)) return { at: [], message: 'a document is no object; a manifest begins with apiVersion and kind' };
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || kind === '') {
    return { at: [], message: 'apiVersion or kind is missing or no text' };
  }
  if (apiVersion.startsWith('kustomize.config.k8s.io/')) return undefined;
  if (!isJsonObject(metadata)) return { at: ['metadata'], message: 'metadata is missing or no object' };
  const { name, namespace = null } = metadata;
  if (typeof name !== 'string' || name === '') return { at: ['metadata'], message: 'metadata.name is missing or no text' };
  if (namespace !== null && typeof namespace !== 'string')
    return { at: ['metadata', 'namespace'], message: 'metadata.namespace is no text' };
  return {
    ...{ apiVersion, kind, name, body: value, file: source.file },
    ...(namespace === null || namespace === '' ? {} : { namespace }),
    labels: textMap(metadata['labels']),
    annotations: textMap(metadata['annotations']),
    locate: (at) => locate(source, [...path, ...at]),
  };
}

function textMap(value: unknown): Readonly<Record<string, string>> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => (typeof entry === 'string' ? [[key, entry]] : [])));
}

function locate(source: Source, path: JsonPath): Position {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? source.document.contents : source.document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return positionAt(source.lineCounter, node.range[0]);
  }
  return { line: 1, column: 1 };
}

function positionAt(lineCounter: LineCounter, offset: number): Position {
  const { line, col } = lineCounter.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function syntaxProblem(file: string, position: Position, message: string): CheckResult {
  return checkResult({
    id: 'manifest-syntax',
    status: 'fail',
    severity: 'high',
    title: 'Every document is a Kubernetes manifest',
    message,
    fix: 'Correct the document; kubectl would refuse it too.',
    where: { file, ...position },
  });
}
