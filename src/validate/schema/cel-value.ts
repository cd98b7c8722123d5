import { isJsonObject, type JsonValue } from '../../model/json';
import { celDuration } from './cel-engine';
import type { StructuralSchema } from './structural-schema';

/** Words that CEL keeps for itself; a field of such a name is reached as `__NAME__`. @see Kubernetes, "Validation rules", escaping */
const reserved = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);

/** Name of a field in expressions. Keys of maps keep theirs. */
export function celName(field: string): string {
  if (reserved.has(field)) return `__${field}__`;
  return field.replaceAll('__', '__underscores__').replaceAll('.', '__dot__').replaceAll('-', '__dash__').replaceAll('/', '__slash__');
}

/** A scalar as CEL sees it, by the type that the definition gives it: whole numbers, points in time, durations and bytes are types of their own. */
export function celScalar({ type, format, intOrString }: StructuralSchema, value: JsonValue): unknown {
  if (typeof value === 'number') return (type === 'integer' || intOrString) && Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'string' || type !== 'string') return value;
  switch (format) {
    case 'duration':
      return celDuration(value);
    case 'date':
    case 'date-time':
      return pointInTime(value);
    case 'byte':
      return new Uint8Array(Buffer.from(value, 'base64'));
    default:
      return value;
  }
}

/**
 * An object as CEL sees it. The engine asks a value for its constructor, so an object that has a member of that name goes as a map, which
 * behaves alike but in comparisons with a literal.
 */
export function celObject(members: readonly (readonly [string, unknown])[]): unknown {
  return members.some(([key]) => key === 'constructor') ? new Map(members) : Object.fromEntries(members);
}

/** A value without schema: whole numbers are of type int. */
export function celFree(value: JsonValue | undefined): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(celFree);
  return isJsonObject(value) ? celObject(Object.entries(value).map(([key, member]) => [key, celFree(member)])) : value;
}

function pointInTime(text: string): Date | string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date;
}
