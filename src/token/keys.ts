import { isJsonObject, type JsonObject } from '../model/json';
import type { Sender } from '../http/sender';
import { fetchJson, unreachable } from './fetch-json';
import { relocate } from './issuer-addresses';
import { weaknesses } from './key-strength';

/** The keys that an issuer publishes. */
export interface PublishedKeys {
  /** Usable members of the list, as published, at most 100. */
  readonly keys: readonly JsonObject[];
  /** What is odd about the key set, as sentences with their place; secret material is named, never shown. */
  readonly problems: readonly string[];
  /** The key set byte for byte; a careless verifier may take it as a shared secret. */
  readonly text: string;
}

/** More keys than this are not read: no issuer has so many, and each costs a verification. */
const maxKeys = 100;

/**
 * Reads the key set of an issuer.
 *
 * @param at base URL where the issuer is really reachable. @default - at its own address
 * @throws {IssuerUnreachableError} ERR_ISSUER_UNREACHABLE when there is no JSON object with a list `keys`
 * @see RFC 7517 section 5
 */
export async function fetchKeys(sender: Sender, jwksUri: string, at?: string): Promise<PublishedKeys> {
  const got = await fetchJson(sender, relocate(jwksUri, at));
  if (!('value' in got)) throw unreachable('the key set', jwksUri, got, at);
  const keys = publishedKeys(got.value, got.text);
  if (!keys) throw unreachable('the key set', jwksUri, { reason: 'has no list "keys"' }, at);
  return keys;
}

/** Sorts a key set; undefined when it has no list of keys. */
export function publishedKeys(set: { readonly keys?: unknown }, text = JSON.stringify(set)): PublishedKeys | undefined {
  if (!Array.isArray(set.keys)) return undefined;
  const list: readonly unknown[] = set.keys;
  const read = list.slice(0, maxKeys);
  const keys = read.filter((key) => isJsonObject(key)).filter((key) => typeof key['kty'] === 'string' && key['kty'] !== 'oct');
  const problems = [
    ...(list.length > maxKeys ? [`the key set has ${list.length} keys; only the first ${maxKeys} were read`] : []),
    ...(list.length === 0 ? ['the key set is empty'] : []),
    ...read.flatMap((key, i) => keyProblems(key).map((problem) => `keys[${i}] ${problem}`)),
    ...repeatedIds(keys),
  ];
  return { keys, problems, text };
}

const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];

function keyProblems(key: unknown): string[] {
  if (!isJsonObject(key)) return ['is no object'];
  if (typeof key['kty'] !== 'string') return ['has no kty'];
  const secret = secretMembers.filter((name) => key[name] !== undefined);
  const bits = key['kty'] === 'RSA' && typeof key['n'] === 'string' ? Buffer.from(key['n'], 'base64url').length * 8 : undefined;
  return [
    ...(secret.length > 0 ? [`publishes secret material (${secret.join(', ')})`] : []),
    ...(bits !== undefined && bits < 2048 ? [`is an RSA key of ${bits} bits; at least 2048 are needed`] : []),
    ...weaknesses(key),
  ];
}

function repeatedIds(keys: readonly JsonObject[]): string[] {
  const ids = keys.map((key) => key['kid']).filter((kid) => typeof kid === 'string');
  const repeated = new Set(ids.filter((kid, i) => ids.indexOf(kid) !== i));
  return [...repeated].map((kid) => `kid ${JSON.stringify(kid)} stands for several keys`);
}
