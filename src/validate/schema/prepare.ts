import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../../model/json';
import { noteRepeats } from './list-entries';
import { metadataFindings } from './metadata-findings';
import type { Note } from './schema-finding';
import type { StructuralSchema } from './structural-schema';
import type { UnknownField } from './unknown-field';
import { expectationWords, valueWords } from './words';

/** Members that every whole object has beside what its definition lists. */
const objectMembers = new Set(['apiVersion', 'kind', 'metadata']);

/** What `prepare` needs to tell what it leaves out. */
export interface Preparation {
  readonly note: Note;
  /** Judges a field that the definition does not list. */
  readonly unknownField: (schema: StructuralSchema, parent: JsonObject, path: JsonPath) => UnknownField;
}

/**
 * The object as the API server looks at it before it validates: unknown fields pruned, null dropped where it is not allowed, defaults filled
 * in. What is left out is noted; the manifest stays as it is. A misspelt field whose meaning is clear counts under its right name, so
 * that one mistake is told once.
 */
export function prepare(schema: StructuralSchema, body: JsonObject, preparation: Preparation): JsonObject {
  return preparedObject({ schema: { ...schema, embedded: true }, preparation }, body, []);
}

interface Walk {
  readonly schema: StructuralSchema;
  readonly preparation: Preparation;
}

function prepared({ schema, preparation }: Walk, value: JsonValue, path: JsonPath): JsonValue {
  if (Array.isArray(value)) {
    noteRepeats(schema, value, path, preparation.note);
    const { items } = schema;
    return items ? value.map((entry, index) => prepared({ schema: items, preparation }, entry, [...path, index])) : value;
  }
  return isJsonObject(value) ? preparedObject({ schema, preparation }, value, path) : value;
}

function preparedObject(walk: Walk, value: JsonObject, path: JsonPath): JsonObject {
  // A scalar's schema has no fields to miss: the type is wrong, which is told once.
  if (walk.schema.type !== undefined && walk.schema.type !== 'object') return value;
  if (walk.schema.embedded && path.length > 0) noteEmbedded(value, path, walk.preparation.note);
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : preparedMember(walk, value, [...path, key], key, member),
  );
  const kept = new Map(members);
  for (const [name, { default: standard }] of walk.schema.properties) {
    if (standard !== undefined && !kept.has(name)) kept.set(name, standard);
  }
  return Object.fromEntries(kept);
}

function preparedMember(walk: Walk, parent: JsonObject, path: JsonPath, key: string, value: JsonValue): [string, JsonValue][] {
  const { schema, preparation } = walk;
  if (schema.embedded && objectMembers.has(key)) return [[key, value]];
  const below = schema.properties.get(key) ?? schema.additional;
  if (below === true) return [[key, value]];
  if (below) {
    if (value !== null || below.nullable) return [[key, prepared({ schema: below, preparation }, value, path)]];
    noteNull(schema, below, key, path, preparation.note);
    return [];
  }
  if (schema.preserveUnknown) return [[key, value]];
  const { finding, repaired } = preparation.unknownField(schema, parent, path);
  preparation.note(finding);
  return repaired ? repairedMember(walk, repaired, path) : [];
}

function repairedMember({ schema, preparation }: Walk, [name, value]: readonly [string, JsonValue], path: JsonPath): [string, JsonValue][] {
  const below = schema.properties.get(name);
  return below && value !== null ? [[name, prepared({ schema: below, preparation }, value, path)]] : [];
}

/** A whole object inside another one says what it is; its name is not asked for. */
function noteEmbedded(value: JsonObject, path: JsonPath, note: Note): void {
  for (const key of ['apiVersion', 'kind']) {
    const text = value[key];
    if (typeof text === 'string' && text !== '') continue;
    note({
      rule: 'schema-required',
      path: [...path, key],
      message: `is ${valueWords(text)}; an object inside another one needs it as text`,
    });
  }
  const { metadata } = value;
  if (metadata !== undefined) metadataFindings(metadata, [...path, 'metadata'], { named: false }).forEach(note);
}

/** A null is dropped as if the field were absent; where the field must be there, its absence is told instead. */
function noteNull(schema: StructuralSchema, below: StructuralSchema, key: string, path: JsonPath, note: Note): void {
  const { default: standard } = below;
  if (standard === undefined && schema.required.includes(key)) return;
  const effect = standard === undefined ? 'which counts as absent' : `so the default ${JSON.stringify(standard)} applies`;
  note({ rule: 'schema-null', path, message: `is null, ${effect}; leave the field out or give ${expectationWords(below.raw)}` });
}
