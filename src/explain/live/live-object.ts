import type { JsonObject } from '../../model/json';
import { objectAt, objectsAt, textOf } from '../../model/json-fields';
import type { Manifest } from '../../model/manifest';

/** True for an object that an API server gave out. */
export function isLive({ body }: Pick<Manifest, 'body'>): boolean {
  const { uid, resourceVersion } = objectAt(body, 'metadata');
  return uid !== undefined || resourceVersion !== undefined;
}

/** Who changed an object last, and when. */
export interface LastChange {
  readonly manager: string;
  /** RFC 3339. */
  readonly time: string;
}

/**
 * The last entry of `metadata.managedFields`; absent unless kubectl was asked with `--show-managed-fields`.
 * @param what `spec` leaves out those who write the status only. @default 'anything'
 */
export function lastChange({ body }: Pick<Manifest, 'body'>, what: 'anything' | 'spec' = 'anything'): LastChange | undefined {
  const entries = objectsAt(objectAt(body, 'metadata'), 'managedFields').map(([entry]) => entry);
  const relevant = entries.filter((entry) => textOf(entry['time']) !== '' && (what === 'anything' || touchesSpec(entry)));
  const [last] = [...relevant].sort((a, b) => timeOf(b) - timeOf(a));
  return last && { manager: textOf(last['manager']), time: textOf(last['time']) };
}

function touchesSpec(entry: JsonObject): boolean {
  return objectAt(entry, 'fieldsV1')['f:spec'] !== undefined;
}

function timeOf(entry: JsonObject): number {
  return Date.parse(textOf(entry['time']));
}
