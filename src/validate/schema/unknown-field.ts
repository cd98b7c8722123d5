import { closest } from '../../model/closest';
import { formatJsonPath, type JsonObject, type JsonPath, type JsonValue } from '../../model/json';
import { misunderstandingOf } from './misunderstandings';
import type { SchemaFinding } from './schema-finding';
import { typeName } from './server-words';
import type { StructuralSchema } from './structural-schema';
import { quoted } from './words';

/** What is wrong with a field that a definition does not list. */
export interface UnknownField {
  readonly finding: SchemaFinding;
  /** Name and value under which it certainly was meant. */
  readonly repaired?: readonly [name: string, value: JsonValue];
}

/** Names as short as `x` are near to anything. */
const certainLength = 4;
/** Most fields that a message lists. */
const listed = 12;

/** Judges unknown fields of objects of one version; `kind` is `Kind.group`. */
export function unknownFieldJudge(
  kind: string,
  root: StructuralSchema,
): (s: StructuralSchema, parent: JsonObject, p: JsonPath) => UnknownField {
  let places: ReadonlyMap<string, readonly string[]> | undefined;
  return (schema, parent, path) => {
    const name = String(path.at(-1));
    const value = parent[name] ?? null;
    const message = (hint: string): SchemaFinding => ({
      rule: 'schema-unknown-field',
      path,
      message: `the field ${quoted(name)} does not exist here; ${hint}`,
      reason: `A strict client says: unknown field "${formatJsonPath(path)}"; others lose the field without a word`,
    });
    const meant = misunderstandingOf(kind, path, value);
    if (meant) {
      const { hint, repaired } = meant;
      return { finding: message(hint), ...(repaired && !Object.hasOwn(parent, repaired[0]) && { repaired }) };
    }
    places ??= placesOf(root);
    const known = [...schema.properties.keys()];
    const near = closest(name, known);
    const elsewhere = places.get(name);
    if (near !== undefined && (elsewhere === undefined || near.toLowerCase() === name.toLowerCase())) {
      const certain = !Object.hasOwn(parent, near) && fits(schema.properties.get(near), value) && name.length >= certainLength;
      return { finding: message(`did you mean ${near}?`), ...(certain && { repaired: [near, value] }) };
    }
    if (elsewhere) return { finding: message(`it belongs under ${elsewhere.slice(0, 2).join(' or ')}`) };
    return { finding: message(knownWords(known)) };
  };
}

/** True when a value has the type of a field, so that it may well have been meant for it. */
function fits({ type, intOrString = false }: Partial<StructuralSchema> = {}, value: JsonValue): boolean {
  const actual = typeName(value);
  return actual === type || (actual === 'integer' && type === 'number') || (intOrString && (actual === 'integer' || actual === 'string'));
}

function knownWords(known: readonly string[]): string {
  if (known.length === 0) return 'no field is known here';
  return `known here: ${known.slice(0, listed).join(', ')}${known.length > listed ? ' and others' : ''}`;
}

/** Where in a definition each name is a field, by the path of its parent. */
function placesOf(root: StructuralSchema): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  const visit = (schema: StructuralSchema, path: string): void => {
    for (const [name, below] of schema.properties) {
      if (path !== '') places.set(name, [...(places.get(name) ?? []), path]);
      visit(below, path === '' ? name : `${path}.${name}`);
    }
    if (schema.items) visit(schema.items, `${path}[]`);
    if (schema.additional !== undefined && schema.additional !== true) visit(schema.additional, `${path}.*`);
  };
  visit(root, '');
  return places;
}
