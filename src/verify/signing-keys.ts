import { UsageError } from '../model/errors';
import { isJsonObject, type JsonObject } from '../model/json';
import type { PublishedKeys } from '../token/keys';
import { signingKeyOf, type SigningKey } from '../token/sign';

/** Private keys of test issuers. */
export interface SigningKeys {
  /** Those that are said to belong to an issuer. */
  readonly byIssuer: ReadonlyMap<string, readonly SigningKey[]>;
  /** Those of an unknown issuer; the key id decides. */
  readonly others: readonly SigningKey[];
}

/**
 * Reads `--signing-key`: a private JWK, a JWKS, an array of either, or an object of issuer and JWKS.
 * @throws {UsageError} ERR_USAGE when there is no private key in it; no part of it is quoted
 */
export async function readSigningKeys(text: string, file: string): Promise<SigningKeys> {
  const value = parse(text);
  const byIssuer = new Map<string, readonly SigningKey[]>();
  const others = await Promise.all(jwksIn(value).map((jwk) => keyOf(jwk, file)));
  if (isJsonObject(value) && others.length === 0) {
    for (const [issuer, set] of Object.entries(value)) byIssuer.set(issuer, await Promise.all(jwksIn(set).map((jwk) => keyOf(jwk, file))));
  }
  if (others.length === 0 && [...byIssuer.values()].every((keys) => keys.length === 0)) throw unusable(file);
  return { byIssuer, others };
}

/**
 * The private keys that an issuer's tokens can be signed with: those whose public part it publishes. With any other key a refusal would
 * only show that the signature does not hold.
 */
export function signingKeysFor(issuer: string, published: PublishedKeys | string, keys: SigningKeys | undefined): readonly SigningKey[] {
  if (typeof published === 'string') return [];
  const given = [...(keys?.byIssuer.get(issuer) ?? []), ...(keys?.others ?? [])];
  return given.filter(({ kid, publicJwk }) => published.keys.some((key) => key['kid'] === kid && isSame(publicJwk, key)));
}

function isSame(own: SigningKey['publicJwk'], published: JsonObject): boolean {
  return own.kty === published['kty'] && own.n === published['n'] && own.x === published['x'] && own.y === published['y'];
}

function jwksIn(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((item) => jwksIn(item));
  if (!isJsonObject(value)) return [];
  return typeof value['kty'] === 'string' ? [value] : Array.isArray(value['keys']) ? jwksIn(value['keys']) : [];
}

async function keyOf(jwk: JsonObject, file: string): Promise<SigningKey> {
  try {
    return await signingKeyOf(jwk);
  } catch {
    throw unusable(file);
  }
}

function unusable(file: string): UsageError {
  return new UsageError(`${file} holds no private signing key`, 'Give a private JWK, a JWKS or an array of JWKs of a test issuer.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
