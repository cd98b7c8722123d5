import type { JsonObject } from '../model/json';
import type { UnfitKey } from '../token/forge';
import type { PublishedKeys } from '../token/keys';
import type { SigningKey } from '../token/sign';
import type { SigningKeys } from '../token/signing-key-file';

export { readSigningKeys, type SigningKeys } from '../token/signing-key-file';

/**
 * The private keys that an issuer's tokens can be signed with: those whose public part it publishes for signatures. With any other key a
 * refusal would only show that the signature does not hold.
 */
export function signingKeysFor(issuer: string, published: PublishedKeys | string, keys: SigningKeys | undefined): readonly SigningKey[] {
  if (typeof published === 'string') return [];
  return givenFor(issuer, keys).filter((key) => {
    const found = publishedOf(key, published);
    return found !== undefined && !isForEncryption(found);
  });
}

/**
 * The private keys of an issuer that must not sign: it publishes them for encryption, or no longer.
 *
 * @param all keys of every issuer of the run: what one of them publishes is no withdrawn key of another
 */
export function unfitKeysFor(
  issuer: string,
  published: PublishedKeys | string,
  all: readonly (PublishedKeys | string)[],
  keys: SigningKeys | undefined,
): readonly UnfitKey[] {
  if (typeof published === 'string') return [];
  const isElsewhere = (key: SigningKey): boolean => all.some((set) => typeof set === 'string' || publishedOf(key, set) !== undefined);
  return givenFor(issuer, keys).flatMap((key): UnfitKey[] => {
    const found = publishedOf(key, published);
    if (found) return isForEncryption(found) ? [{ why: 'published for encryption', key }] : [];
    return isElsewhere(key) ? [] : [{ why: 'not published any more', key }];
  });
}

function givenFor(issuer: string, keys: SigningKeys | undefined): readonly SigningKey[] {
  return [...(keys?.byIssuer.get(issuer) ?? []), ...(keys?.others ?? [])];
}

function publishedOf({ kid, publicJwk }: SigningKey, published: PublishedKeys): JsonObject | undefined {
  return published.keys.find((key) => key['kid'] === kid && isSame(publicJwk, key));
}

function isForEncryption({ use, key_ops: operations }: JsonObject): boolean {
  return use === 'enc' || (Array.isArray(operations) && !operations.includes('verify'));
}

function isSame(own: SigningKey['publicJwk'], published: JsonObject): boolean {
  return own.kty === published['kty'] && own.n === published['n'] && own.x === published['x'] && own.y === published['y'];
}
