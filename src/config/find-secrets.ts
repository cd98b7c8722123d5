import { isJsonObject, type JsonPath, type JsonValue } from '../model/json';
import { secretForms } from './secret-forms';

const secretName = /(secret|passw(or)?d|passphrase|private_?key|api_?key|access_?token|client_?key|credentials?)$/i;

/** True for names under which people keep secrets: `clientsecret`, `DB_PASSWORD`, `apiKey`. */
export function looksSecret(name: string): boolean {
  return secretName.test(name);
}

/** A credential in a text: what it is and where it begins, never the credential itself. */
export interface FoundSecret {
  /** `a private key`, `a GitHub token` and the like. */
  readonly what: string;
  /** From 0. */
  readonly offset: number;
}

/** The first credential of a well-known form in a text; undefined when there is none. */
export function secretIn(text: string): FoundSecret | undefined {
  for (const { what, pattern, isReal } of secretForms)
    for (const match of text.matchAll(pattern)) if (isReal?.(match) ?? true) return { what, offset: match.index };
  return undefined;
}

/** Every place below `value` where a secret stands. The texts themselves are not returned. */
export function* findSecrets(
  value: JsonValue | undefined,
  path: JsonPath = [],
): Generator<{ readonly path: JsonPath; readonly what: string }> {
  if (typeof value === 'string') {
    const found = secretIn(value);
    if (found) yield { path, what: found.what };
  } else if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* findSecrets(entry, [...path, index]);
  } else if (isJsonObject(value)) {
    for (const [key, entry] of Object.entries(value)) yield* findSecrets(entry, [...path, key]);
  }
}
