import { isJsonObject, type JsonObject, type JsonValue } from '../model/json';

/** Puts an overlay over a base: mappings are merged key by key, lists and everything else replace. Neither input changes. */
export function mergeDeep(base: JsonObject, overlay: JsonObject): JsonObject {
  const merged = new Map<string, JsonValue | undefined>(Object.entries(base));
  for (const [key, value] of Object.entries(overlay)) {
    const below = merged.get(key);
    merged.set(key, isJsonObject(below) && isJsonObject(value) ? mergeDeep(below, value) : value);
  }
  // fromEntries defines own members, so a key such as __proto__ stays data.
  return Object.fromEntries(merged);
}
