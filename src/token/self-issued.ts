import { randomUUID } from 'node:crypto';
import { Secret } from './secret';
import { signToken, type SigningKey } from './sign';
import type { TokenSource } from './token-source';

/** What a token says that the user's own key signs. */
export interface SelfIssued {
  readonly issuer: string;
  /** @default 'kyma-guard' */
  readonly subject?: string;
  /** @default [] */
  readonly audiences?: readonly string[];
  /** Stand in `scope`, with blanks between. @default [] */
  readonly scopes?: readonly string[];
  /** Seconds that it lasts. @default 600 */
  readonly ttlSeconds?: number;
}

/**
 * Tokens of an issuer that is nothing but a key: whoever holds it signs, and a static server publishes its public part.
 *
 * @see RFC 7519 section 4.1, RFC 9068 section 2.2
 */
export function selfIssuedSource(key: SigningKey, content: SelfIssued): TokenSource {
  const { issuer, subject = 'kyma-guard', audiences = [], scopes = [], ttlSeconds = 600 } = content;
  return {
    label: `the signing key ${key.kid}`,
    issuer,
    async get({ now }) {
      const iat = Math.floor(now() / 1000);
      const claims = {
        ...{ iss: issuer, sub: subject, iat, exp: iat + ttlSeconds, jti: randomUUID() },
        ...(audiences.length > 0 ? { aud: [...audiences] } : {}),
        ...(scopes.length > 0 ? { scope: scopes.join(' ') } : {}),
      };
      const secret = new Secret(await signToken(key, { claims }));
      return { secret, isJwt: true, endpoint: `the signing key ${key.kid}`, expiresAt: (iat + ttlSeconds) * 1000 };
    },
  };
}
