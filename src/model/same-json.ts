import { isJsonObject, type JsonValue } from './json';

/** True for equal values; the order of members does not count, and a member that is undefined counts as absent. */
export function isSameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((entry, index) => isSameJson(entry, b[index]));
  if (!isJsonObject(a)) return a === b;
  if (!isJsonObject(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSameJson(a[key], b[key]));
}
