import { isJsonObject, type JsonObject, type JsonValue } from './json';

/** The object under a key; an empty one when there is none. */
export function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isJsonObject(value) ? value : {};
}

/** The list under a key; an empty one when there is none. */
export function listAt(parent: JsonObject, key: string): readonly JsonValue[] {
  const value = parent[key];
  return Array.isArray(value) ? value : [];
}

/** The objects of the list under a key, each with its index; other entries are left out. */
export function objectsAt(parent: JsonObject, key: string): readonly (readonly [JsonObject, number])[] {
  return listAt(parent, key).flatMap((value, index) => (isJsonObject(value) ? [[value, index] as const] : []));
}

/** A string as it is, nothing as the empty text, anything else as JSON. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
