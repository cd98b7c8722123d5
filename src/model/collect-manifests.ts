import type { CheckResult } from './check-result';
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from './json';
import type { Manifest } from './manifest';
import type { Places } from './source-slice';
import { syntaxProblem } from './syntax-problem';

/** One object of a document, or what keeps it from being one. `foreign`: nothing in it says that it was meant to be one. */
export type ReadDocument = { readonly manifest: Manifest } | { readonly problem: CheckResult; readonly foreign?: boolean };

/** A document that was read, and where its parts stand. */
interface Source extends Places {
  readonly file: string;
}

/** The objects of a document: itself, or the items of a list, of lists in lists too. */
export function* collectManifests(value: JsonValue, path: JsonPath, source: Source): Generator<ReadDocument> {
  if (isJsonObject(value) && isList(value)) {
    for (const [index, item] of value.items.entries()) yield* collectManifests(item, [...path, 'items', index], source);
    return;
  }
  const read = manifestOf(value, path, source);
  if (read === undefined) return;
  if ('message' in read) {
    const problem = syntaxProblem(source.file, source.locate([...path, ...read.at]), read.message);
    yield path.length === 0 && isForeign(value) ? { problem, foreign: true } : { problem };
  } else yield { manifest: read };
}

function isList(value: JsonObject): value is JsonObject & { items: JsonValue[] } {
  return typeof value['kind'] === 'string' && value['kind'].endsWith('List') && Array.isArray(value['items']);
}

function isForeign(value: JsonValue): boolean {
  if (!isJsonObject(value)) return Array.isArray(value);
  return !['apiVersion', 'kind', 'metadata', 'spec', 'items'].some((member) => member in value);
}

/** The object as a manifest, what keeps it from being one, or nothing for a file of kustomize, which is no object of a cluster. */
function manifestOf(value: JsonValue, path: JsonPath, source: Source): Manifest | { at: JsonPath; message: string } | undefined {
  if (!isJsonObject(value)) return { at: [], message: 'a document is no object; a manifest begins with apiVersion and kind' };
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || kind === '') {
    return { at: [], message: 'apiVersion or kind is missing or no text' };
  }
  if (apiVersion.startsWith('kustomize.config.k8s.io/')) return undefined;
  if (!isJsonObject(metadata)) return { at: ['metadata'], message: 'metadata is missing or no object' };
  const { namespace = null } = metadata;
  const name = nameOf(metadata);
  if (name === '') return { at: ['metadata'], message: 'metadata.name is missing or no text' };
  if (namespace !== null && typeof namespace !== 'string')
    return { at: ['metadata', 'namespace'], message: 'metadata.namespace is no text' };
  return {
    ...{ apiVersion, kind, name, body: value, file: source.file },
    ...(namespace === null || namespace === '' ? {} : { namespace }),
    labels: textMap(metadata['labels']),
    annotations: textMap(metadata['annotations']),
    locate: (at) => source.locate([...path, ...at]),
    sourceLine: (line) => source.sourceLine(line),
  };
}

/** The name, or what it begins with where the API server makes the rest: `load-*`. */
function nameOf({ name = null, generateName }: JsonObject): string {
  if (typeof name === 'string') return name;
  return name === null && typeof generateName === 'string' && generateName !== '' ? `${generateName}*` : '';
}

function textMap(value: unknown): Readonly<Record<string, string>> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => (typeof entry === 'string' ? [[key, entry]] : [])));
}
