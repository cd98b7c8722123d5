import { isJsonObject, type JsonValue } from '../../model/json';

/** Differences that a message names; more are counted. */
const shown = 4;

/** Fields in which two values differ, as `path: is A, would be B`, the first few. */
export function differences(actual: JsonValue, expected: JsonValue): string[] {
  const all = [...compare(actual, expected, '')];
  return all.length > shown ? [...all.slice(0, shown), `and ${all.length - shown} more`] : all;
}

function* compare(actual: JsonValue | undefined, expected: JsonValue | undefined, path: string): Generator<string> {
  if (isJsonObject(actual) && isJsonObject(expected)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      yield* compare(actual[key], expected[key], path === '' ? key : `${path}.${key}`);
    }
    return;
  }
  if (Array.isArray(actual) && Array.isArray(expected) && isOfObjects(actual) && isOfObjects(expected)) {
    for (let index = 0; index < Math.max(actual.length, expected.length); index += 1) {
      yield* compare(actual[index], expected[index], `${path}[${index}]`);
    }
    return;
  }
  if (JSON.stringify(actual) !== JSON.stringify(expected)) yield `${path}: is ${textOf(actual)}, would be ${textOf(expected)}`;
}

function isOfObjects(list: readonly JsonValue[]): boolean {
  return list.every(isJsonObject);
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
