import type { JsonObject, JsonPath } from '../../model/json';

/** One thing to change in an object that a newer version takes otherwise. */
export interface KindChange {
  /** Place in the manifest. */
  readonly path: JsonPath;
  /** What is, and what has become of it, without the place. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
}

/** A field of an old version, and what to write instead. */
export interface MovedField {
  readonly field: string;
  readonly fix: string;
}

/** A change for each of the fields that a spec has. */
export function movedFieldChanges(spec: JsonObject, fields: readonly MovedField[], version: string): KindChange[] {
  return fields
    .filter(({ field }) => spec[field] !== undefined && spec[field] !== null)
    .map(({ field, fix }) => ({ path: ['spec', field], message: `is no field of ${version}`, fix }));
}
