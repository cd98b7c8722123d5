/** A value as JSON and YAML documents hold it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A JSON object; keys that are absent read as `undefined`. */
export interface JsonObject {
  [key: string]: JsonValue | undefined;
}

/** Tells an object from arrays, null and scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where in a document: property names and list indexes from the root. */
export type JsonPath = readonly (string | number)[];

/** Writes a path the way people read it: `spec.rules[0].path`. */
export function formatJsonPath(path: JsonPath): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}
