import { UsageError } from '../../model/errors';
import { isJsonObject, type JsonObject } from '../../model/json';
import { textOf } from '../../model/json-fields';
import { bundledDefinitions } from './bundled-definitions';
import { readDefinition, type KindDefinition } from './kind-definition';
import { SchemaFault } from './read-schema';

/** Definitions of kinds that objects are checked against. */
export interface CrdSchemas {
  /** `Kind.group` of every kind that is checked by schema. */
  readonly kinds: ReadonlySet<string>;
  /** Definition of a kind by `Kind.group`; nothing for kinds that are not checked by schema. */
  readonly definitionOf: (kind: string) => KindDefinition | undefined;
}

/** A document that `--crd` brought in. A manifest is one. */
export interface CrdDocument {
  readonly body: JsonObject;
  /** Path as the user gave it, or `<stdin>`. */
  readonly file: string;
}

let own: readonly KindDefinition[] | undefined;
let bundled: CrdSchemas | undefined;

function ownDefinitions(): readonly KindDefinition[] {
  own ??= Object.values(bundledDefinitions).map((body) => readDefinition(body, true));
  return own;
}

/** The definitions that this package ships; made when first asked for. */
export function bundledSchemas(): CrdSchemas {
  bundled ??= schemasOf(ownDefinitions());
  return bundled;
}

/** `Kind.group` of the kinds that this package knows by itself. */
export function bundledKinds(): ReadonlySet<string> {
  return bundledSchemas().kinds;
}

/**
 * The bundled definitions with those of the user's own cluster beside or instead of them, kind by kind (`--crd`). Takes single documents
 * and lists such as `kubectl get crd -o json` prints.
 *
 * @throws {UsageError} ERR_USAGE when a document is no CustomResourceDefinition that an API server would take, or a kind is there twice
 */
export function withSchemas(documents: readonly CrdDocument[]): CrdSchemas {
  const given = new Map<string, { readonly file: string; readonly body: JsonObject; readonly definition: KindDefinition }>();
  for (const { body, file } of documents.flatMap(flattened)) {
    const definition = readGiven(body, file);
    const key = `${definition.kind}.${definition.group}`;
    const earlier = given.get(key);
    if (earlier && JSON.stringify(earlier.body['spec']) !== JSON.stringify(body['spec'])) {
      throw new UsageError(`${file} defines ${key} unlike ${earlier.file}`, 'Give the definitions of one cluster with --crd.');
    }
    given.set(key, { file, body, definition });
  }
  return schemasOf([...ownDefinitions(), ...[...given.values()].map(({ definition }) => definition)]);
}

function schemasOf(definitions: readonly KindDefinition[]): CrdSchemas {
  const byKind = new Map(definitions.map((definition) => [`${definition.kind}.${definition.group}`, definition]));
  return { kinds: new Set(byKind.keys()), definitionOf: (kind) => byKind.get(kind) };
}

function flattened({ body, file }: CrdDocument): CrdDocument[] {
  const { kind, items } = body;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [{ body, file }];
  // Items of a typed list carry neither apiVersion nor kind.
  const member = kind === 'CustomResourceDefinitionList' ? { apiVersion: body['apiVersion'], kind: 'CustomResourceDefinition' } : {};
  return items.flatMap((item) => flattened({ body: isJsonObject(item) ? { ...member, ...item } : {}, file }));
}

function readGiven(body: JsonObject, file: string): KindDefinition {
  const hint = 'Give CustomResourceDefinition documents with --crd, as kubectl get crd NAME -o yaml prints them.';
  if (body['kind'] !== 'CustomResourceDefinition') {
    throw new UsageError(`${file} holds ${textOf(body['kind']) || 'a document without kind'}, which is no CustomResourceDefinition`, hint);
  }
  const name = textOf(isJsonObject(body['metadata']) ? body['metadata']['name'] : undefined);
  try {
    const definition = readDefinition(body, false);
    for (const version of definition.versions.values()) version.schema();
    return definition;
  } catch (error) {
    if (!(error instanceof SchemaFault)) throw error;
    throw new UsageError(`${file}: the definition ${name || 'without name'} is not usable: ${error.message}`, hint);
  }
}
