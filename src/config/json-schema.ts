import * as z from 'zod';
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../model/json';
import { configSchema, fileSchema } from './schema';

/** JSON Schema (draft 2020-12) of `kyma-guard.yaml` for editors. Overlays have the same members, none of them required. */
export function configJsonSchema(): JsonObject {
  const schema = z.toJSONSchema(fileSchema, { io: 'input' }) as JsonObject;
  const overlay = withoutRequired(z.toJSONSchema(configSchema, { io: 'input' }) as JsonObject);
  const { $schema, ...rest } = schema;
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const { version: _version, ...overlayProperties } = isJsonObject(overlay['properties']) ? overlay['properties'] : {};
  return {
    ...($schema !== undefined && { $schema }),
    title: 'kyma-guard.yaml',
    description: 'What kyma-guard protects on a Kyma cluster, and for whom it opens.',
    ...withoutRequired(rest, ['version']),
    properties: { ...properties, environments: environments(properties['environments'], overlayProperties) },
  };
}

function environments(generated: JsonValue | undefined, overlayProperties: JsonObject): JsonObject {
  const description = 'An overlay, or the path of a file with one.';
  const overlay = { type: 'object', properties: overlayProperties, additionalProperties: false };
  return { ...(isJsonObject(generated) ? generated : {}), additionalProperties: { description, anyOf: [{ type: 'string' }, overlay] } };
}

/** A value may stand in the file or in the overlay, so neither alone must have it. Discriminators and the members of lists stay required. */
function withoutRequired(schema: JsonObject, keep: readonly string[] = []): JsonObject {
  const copy: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'required') {
      const kept = (Array.isArray(value) ? value : []).filter(
        (name) => typeof name === 'string' && (name === 'kind' || keep.includes(name)),
      );
      if (kept.length > 0) copy[key] = kept;
    } else
      copy[key] =
        key !== 'items' && isJsonObject(value) ? withoutRequired(value) : key === 'anyOf' || key === 'oneOf' ? variants(value) : value;
  }
  return copy;
}

function variants(value: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(value) ? value.map((variant) => (isJsonObject(variant) ? withoutRequired(variant) : variant)) : value;
}

/** Names that the schema knows for members of the mapping at a path; empty where any name is allowed. */
export function knownKeysOf(schema: JsonObject): (path: JsonPath) => readonly string[] {
  return (path) => {
    let candidates = expand(schema);
    for (const step of path) candidates = candidates.flatMap((candidate) => descend(candidate, step));
    return [
      ...new Set(candidates.flatMap((candidate) => (isJsonObject(candidate['properties']) ? Object.keys(candidate['properties']) : []))),
    ];
  };
}

function descend(schema: JsonObject, step: string | number): JsonObject[] {
  if (typeof step === 'number') return expand(schema['items']);
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  return expand(Object.hasOwn(properties, step) ? properties[step] : schema['additionalProperties']);
}

function expand(schema: JsonValue | undefined): JsonObject[] {
  if (!isJsonObject(schema)) return [];
  const inner = [schema['anyOf'], schema['oneOf']].flatMap((list) => (Array.isArray(list) ? list : []));
  return [schema, ...inner.flatMap(expand)];
}

/** JSON Schema of one merged environment. */
export function environmentJsonSchema(): JsonObject {
  return z.toJSONSchema(configSchema, { io: 'input' }) as JsonObject;
}
