import { closest } from './closest';
import type { FieldReader } from './field-reader';

/** Notes a problem for each member that is not among the known ones: a typing error must not leave a wish unheard. */
export function onlyMembers(reader: FieldReader, known: readonly string[]): void {
  for (const key of Object.keys(reader.object() ?? {})) {
    if (known.includes(key)) continue;
    const near = closest(key, known);
    reader.at(key).problem(`is an unknown key; ${near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`}`);
  }
}
