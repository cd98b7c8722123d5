import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from '../model/json';

/** The value at a path, or undefined when any step is missing. */
export function valueAt(root: JsonValue | undefined, path: JsonPath): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, step) => {
    if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
    return isJsonObject(value) ? value[step] : undefined;
  }, root);
}

/** The text at a path; undefined when there is none. */
export function textAt(root: JsonValue | undefined, ...path: JsonPath): string | undefined {
  const value = valueAt(root, path);
  return typeof value === 'string' ? value : undefined;
}

/** The object at a path, empty when there is none. */
export function objectAt(root: JsonValue | undefined, ...path: JsonPath): JsonObject {
  const value = valueAt(root, path);
  return isJsonObject(value) ? value : {};
}

/** The objects of the list at a path, empty when there is no list. */
export function objectsAt(root: JsonValue | undefined, ...path: JsonPath): readonly JsonObject[] {
  const value = valueAt(root, path);
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The members of an object that are text. */
export function textsOf(value: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
