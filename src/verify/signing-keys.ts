import type { JsonObject } from '../model/json';
import type { PublishedKeys } from '../token/keys';
import type { SigningKey } from '../token/sign';
import type { SigningKeys } from '../token/signing-key-file';

export { readSigningKeys, type SigningKeys } from '../token/signing-key-file';

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
