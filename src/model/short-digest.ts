import { createHash } from 'node:crypto';
import type { JsonValue } from './json';

/** Eight hex digits over a value, for names that must change when the value does. The order of an object's keys does not count. */
export function shortDigest(value: JsonValue): string {
  return digest(value, 8);
}

/** Sixteen hex digits over a value, for comparing it with an earlier one. The order of an object's keys does not count. */
export function contentDigest(value: JsonValue): string {
  return digest(value, 16);
}

function digest(value: JsonValue, length: number): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, length);
}

function canonical(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${members
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(',')}}`;
}
