import type { JsonPath, JsonValue } from '../../model/json';
import type { Finding } from '../rule';

/** Ids of the rules that the one pass over an object finds something for. */
export type SchemaRuleId =
  'schema-type' | 'schema-required' | 'schema-unknown-field' | 'schema-value' | 'schema-cel' | 'schema-null' | 'manifest-placeholder';

/** What the pass over one object found, with the rule that tells it. */
export interface SchemaFinding extends Omit<Finding, 'manifest'> {
  readonly rule: SchemaRuleId;
}

/** Where findings go while an object is walked through. */
export type Note = (finding: SchemaFinding) => void;

/** True when one path is the other or leads into it. */
export function isWithin(path: JsonPath, parent: JsonPath): boolean {
  return parent.length <= path.length && parent.every((step, index) => step === path[index]);
}

/** The value at a path, or nothing. Own members only. */
export function valueAt(value: JsonValue | undefined, path: JsonPath): JsonValue | undefined {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Readonly<Record<string | number, JsonValue | undefined>>)[step];
  }
  return current;
}
