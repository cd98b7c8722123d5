import { UsageError } from '../model/errors';
import { isJsonObject, type JsonObject } from '../model/json';
import { signingKeyOf, signingKeyOfPem, type SigningKey } from './signing-key';

/** Private keys of test issuers. */
export interface SigningKeys {
  /** Those that are said to belong to an issuer. */
  readonly byIssuer: ReadonlyMap<string, readonly SigningKey[]>;
  /** Those of an unknown issuer; the key id decides. */
  readonly others: readonly SigningKey[];
}

/**
 * Reads `--signing-key`: a private key in PEM form, a private JWK, a JWKS, an array of either, or an object of issuer and JWKS.
 * @throws {UsageError} ERR_USAGE when there is no private key in it; no part of it is quoted
 */
export async function readSigningKeys(text: string, file: string): Promise<SigningKeys> {
  const value = parse(text);
  const byIssuer = new Map<string, readonly SigningKey[]>();
  if (value === undefined) return { byIssuer, others: [await kept(() => signingKeyOfPem(text), file)] };
  const others = await Promise.all(jwksIn(value).map((jwk) => kept(() => signingKeyOf(jwk), file)));
  if (isJsonObject(value) && others.length === 0) {
    for (const [issuer, set] of Object.entries(value))
      byIssuer.set(issuer, await Promise.all(jwksIn(set).map((jwk) => kept(() => signingKeyOf(jwk), file))));
  }
  if (others.length === 0 && [...byIssuer.values()].every((keys) => keys.length === 0)) throw unusable(file);
  return { byIssuer, others };
}

/** All keys of a file, those of the given issuer first. */
export function allKeys({ byIssuer, others }: SigningKeys, issuer?: string): readonly SigningKey[] {
  if (issuer !== undefined && byIssuer.has(issuer)) return [...(byIssuer.get(issuer) ?? []), ...others];
  return [...others, ...[...byIssuer.values()].flat()];
}

function jwksIn(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((item) => jwksIn(item));
  if (!isJsonObject(value)) return [];
  return typeof value['kty'] === 'string' ? [value] : Array.isArray(value['keys']) ? jwksIn(value['keys']) : [];
}

async function kept(key: () => Promise<SigningKey>, file: string): Promise<SigningKey> {
  try {
    return await key();
  } catch {
    throw unusable(file);
  }
}

function unusable(file: string): UsageError {
  return new UsageError(
    `${file} holds no private signing key`,
    'Give a private key in PEM form, a private JWK, a JWKS or an array of JWKs of a test issuer.',
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
