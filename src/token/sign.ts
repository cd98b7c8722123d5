import { SignJWT } from 'jose';
import type { JsonObject } from '../model/json';
import type { SigningKey } from './signing-key';

export {
  createSigningKey,
  foreignSigningKey,
  privateJwk,
  publicJwks,
  signingKeyOf,
  type SigningKey,
  type SigningKeyOptions,
} from './signing-key';

/** What a token says. Nothing is added to the claims: an issuer sets `iat` and `exp` itself, in seconds since 1970. */
export interface TokenContent {
  readonly claims: JsonObject;
  /** Members beside `alg`, `kid` and `typ: JWT`, or instead of `kid` and `typ`; null leaves one out. @default {} */
  readonly header?: JsonObject;
}

/** Signs a token with the key's own algorithm. @see RFC 7515 section 5.1 */
export async function signToken(key: SigningKey, { claims, header = {} }: TokenContent): Promise<string> {
  const members: [string, unknown][] = Object.entries({ typ: 'JWT', kid: key.kid, ...header });
  const given = members.filter(([, value]) => value !== null && value !== undefined);
  return new SignJWT(claims).setProtectedHeader({ ...Object.fromEntries(given), alg: key.alg }).sign(key.privateKey);
}
