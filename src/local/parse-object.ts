import { isJsonObject, type JsonObject } from '../model/json';

/** Reads a JSON object; anything else, broken text included, reads as an empty one. */
export function parseObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
