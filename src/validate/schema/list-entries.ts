import { isJsonObject, type JsonPath, type JsonValue } from '../../model/json';
import type { Note } from './schema-finding';
import type { StructuralSchema } from './structural-schema';
import { valueWords } from './words';

/**
 * What tells an entry of a list from the others: the entry itself in a set, its keys in a map.
 * @returns undefined where entries are told apart by their index only
 */
export function entryKey({ listType, items }: StructuralSchema, entry: JsonValue): string | undefined {
  if (listType.kind === 'set') return JSON.stringify(entry);
  if (listType.kind !== 'map' || !isJsonObject(entry)) return undefined;
  return JSON.stringify(listType.keys.map((key) => entry[key] ?? items?.properties.get(key)?.default ?? null));
}

/** Notes entries of a set or map that are there twice, which the API server refuses. */
export function noteRepeats(schema: StructuralSchema, list: readonly JsonValue[], path: JsonPath, note: Note): void {
  const seen = new Map<string, number>();
  list.forEach((entry, index) => {
    const key = entryKey(schema, entry);
    if (key === undefined) return;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else note({ rule: 'schema-value', path: [...path, index], ...repeat(schema, entry, first) });
  });
}

function repeat({ listType }: StructuralSchema, entry: JsonValue, first: number): { readonly message: string; readonly reason: string } {
  const what =
    listType.kind === 'map' && isJsonObject(entry)
      ? `has the same ${listType.keys.map((key) => `${key} ${valueWords(entry[key])}`).join(' and ')} as entry ${first}`
      : `${valueWords(entry)} repeats entry ${first}`;
  return { message: `${what}; give each one once`, reason: 'The API server says: Duplicate value' };
}
