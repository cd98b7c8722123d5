import type { JsonObject, JsonPath } from './json';
import { listAt, objectsAt, textOf } from './json-fields';
import type { Problem } from './problem';

/** Finds a list of a security descriptor, or of a part of it, that is longer than XSUAA takes. */
export function lengthProblems(id: string, parent: JsonObject, path: JsonPath, list: string, most: number): Problem[] {
  const count = listAt(parent, list).length;
  return count <= most ? [] : [{ id, path: [...path, list], message: `has ${count} entries; XSUAA takes ${most}` }];
}

/** Finds a text that is longer than XSUAA takes. */
export function textLengthProblems(id: string, parent: JsonObject, path: JsonPath, member: string, most: number): Problem[] {
  const { length } = textOf(parent[member]);
  return length <= most ? [] : [{ id, path: [...path, member], message: `has ${length} characters; XSUAA takes ${most}` }];
}

/** Finds names of a list that are missing, of the wrong form, or given twice. */
export function nameProblems(
  id: string,
  descriptor: JsonObject,
  path: JsonPath,
  { list, describe }: { readonly list: string; readonly describe: (name: string) => string | undefined },
): Problem[] {
  const seen = new Set<string>();
  return objectsAt(descriptor, list).flatMap(([entry, index]): Problem[] => {
    const name = textOf(entry['name']);
    const message = describe(name) ?? (seen.has(name) ? `"${name}" is declared twice` : undefined);
    seen.add(name);
    return message === undefined ? [] : [{ id, path: [...path, list, index, 'name'], message }];
  });
}
