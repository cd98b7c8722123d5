import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json';
import { listAt, objectAt, textOf } from '../../model/json-fields';
import { readSchema, SchemaFault } from './read-schema';
import type { StructuralSchema } from './structural-schema';

/** One version of a kind. */
export interface VersionDefinition {
  readonly name: string;
  /** False for a version that the API server knows and refuses. */
  readonly served: boolean;
  /** Read when first asked for. */
  readonly schema: () => StructuralSchema;
}

/** What a CustomResourceDefinition says of its kind. */
export interface KindDefinition {
  readonly kind: string;
  readonly group: string;
  /** True for the definitions that this package ships: they hold the versions that it knows, not each one that a cluster serves. */
  readonly bundled: boolean;
  readonly versions: ReadonlyMap<string, VersionDefinition>;
}

const crdVersion = 'apiextensions.k8s.io/v1';

/**
 * Reads a CustomResourceDefinition, reduced or as published.
 *
 * @throws {SchemaFault} when it is none of apiextensions.k8s.io/v1, or the API server would not take it
 */
export function readDefinition(body: JsonObject, bundled: boolean): KindDefinition {
  if (body['apiVersion'] !== crdVersion) {
    throw new SchemaFault(['apiVersion'], `is ${textOf(body['apiVersion']) || 'missing'}; give ${crdVersion}`);
  }
  const spec = objectAt(body, 'spec');
  const group = requiredText(spec, 'group', ['spec', 'group']);
  const kind = requiredText(objectAt(spec, 'names'), 'kind', ['spec', 'names', 'kind']);
  const versions = listAt(spec, 'versions').map((version, index) => readVersion(version, index));
  if (versions.length === 0) throw new SchemaFault(['spec', 'versions'], 'is empty or no list; give at least one version');
  const twice = versions.find(({ name }, index) => versions.findIndex((other) => other.name === name) !== index);
  if (twice) throw new SchemaFault(['spec', 'versions'], `lists ${twice.name} twice`);
  return { kind, group, bundled, versions: new Map(versions.map((version) => [version.name, version])) };
}

function readVersion(version: JsonValue, index: number): VersionDefinition {
  const path = ['spec', 'versions', index];
  if (!isJsonObject(version)) throw new SchemaFault(path, 'is no object');
  const name = requiredText(version, 'name', [...path, 'name']);
  const { served } = version;
  if (typeof served !== 'boolean') throw new SchemaFault([...path, 'served'], 'is missing; give true or false');
  const at = [...path, 'schema', 'openAPIV3Schema'];
  const raw = objectAt(version, 'schema')['openAPIV3Schema'];
  if (!isJsonObject(raw)) throw new SchemaFault(at, 'is missing or no object');
  let schema: StructuralSchema | undefined;
  return { name, served, schema: () => (schema ??= readSchema(raw, at)) };
}

function requiredText(parent: JsonObject, key: string, path: readonly (string | number)[]): string {
  const text = parent[key];
  if (typeof text !== 'string' || text === '') throw new SchemaFault(path, `is ${textOf(text) || 'missing'}; give a text`);
  return text;
}
