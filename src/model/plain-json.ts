import type { JsonObject, JsonValue } from './json';

/** Levels of nesting that a manifest may have; the API server stops near this, too. */
const depthLimit = 200;

/**
 * Turns what a YAML parser made into plain JSON: shared parts are copied, so a change of one never shows in another.
 *
 * @throws {TypeError} when the value contains itself, is nested deeper than 200 levels, or holds what JSON has no form for.
 */
export function toPlainJson(value: unknown): JsonValue {
  return copy(value, new Set(), 0);
}

function copy(value: unknown, above: Set<unknown>, depth: number): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return value;
  if (typeof value !== 'object') throw new TypeError('a value has no form in JSON');
  if (above.has(value)) throw new TypeError('an anchor contains itself');
  if (depth > depthLimit) throw new TypeError(`values are nested deeper than ${depthLimit} levels`);
  above.add(value);
  const copied = Array.isArray(value) ? value.map((entry) => copy(entry, above, depth + 1)) : copyObject(value, above, depth);
  above.delete(value);
  return copied;
}

function copyObject(value: object, above: Set<unknown>, depth: number): JsonObject {
  const entries = value instanceof Map ? [...(value as Map<unknown, unknown>)] : Object.entries(value);
  // fromEntries defines own members, so a key such as __proto__ stays data.
  return Object.fromEntries(entries.map(([key, entry]) => [String(key), copy(entry, above, depth + 1)]));
}
