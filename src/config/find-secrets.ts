import { isJsonObject, type JsonPath, type JsonValue } from '../model/json';

const secretName = /(secret|passw(or)?d|passphrase|private_?key|api_?key|access_?token|client_?key|credentials?)$/i;
const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/, 'a token'],
  [/^\s*(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}\s*$/i, 'an Authorization value'],
  [/^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/i, 'a URL with a password'],
];

/** True for names under which people keep secrets: `clientsecret`, `DB_PASSWORD`, `apiKey`. */
export function looksSecret(name: string): boolean {
  return secretName.test(name);
}

/**
 * What kind of secret a text holds, if any.
 * @returns `a private key`, `a token` and the like; undefined when it looks harmless
 */
export function secretIn(text: string): string | undefined {
  return secretTexts.find(([pattern]) => pattern.test(text))?.[1];
}

/** Every place below `value` where a secret stands. The texts themselves are not returned. */
export function* findSecrets(
  value: JsonValue | undefined,
  path: JsonPath = [],
): Generator<{ readonly path: JsonPath; readonly what: string }> {
  if (typeof value === 'string') {
    const what = secretIn(value);
    if (what !== undefined) yield { path, what };
  } else if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* findSecrets(entry, [...path, index]);
  } else if (isJsonObject(value)) {
    for (const [key, entry] of Object.entries(value)) yield* findSecrets(entry, [...path, key]);
  }
}
