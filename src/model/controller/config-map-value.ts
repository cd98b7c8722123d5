import type { JsonObject } from '../json';
import { objectAt } from '../json-fields';

/** The value of a ConfigMap or Secret that a controller picks. */
export type PickedValue = { readonly key: string; readonly value: string } | 'ambiguous' | 'missing';

/** The only key of a ConfigMap or a Secret, else a key of that name. */
export function onlyValue(body: JsonObject, name: string): PickedValue {
  const data = { ...objectAt(body, 'binaryData'), ...objectAt(body, 'data'), ...objectAt(body, 'stringData') };
  const keys = Object.keys(data);
  const [first] = keys;
  const key = keys.length === 1 && first !== undefined ? first : name;
  if (keys.length === 0) return 'missing';
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  return typeof value === 'string' ? { key, value } : 'ambiguous';
}
