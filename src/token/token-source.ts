import type { AccessToken } from './access-token';
import type { Credentials } from './credentials';
import { issuerOf } from './credentials';
import type { Grant } from './grant';
import { obtainToken, type TokenContext } from './obtain';

/** A way to good tokens. */
export interface TokenSource {
  /** What the user calls it; stands in messages. */
  readonly label: string;
  /** Issuer string of its tokens, as far as it is known before. */
  readonly issuer?: string;
  /** Gets a token. @param last the one before, which has ended */
  get(context: TokenContext, last?: AccessToken): Promise<AccessToken>;
}

/**
 * The token of a source, once per run and again when it ends.
 *
 * @throws {TokenRequestError} ERR_TOKEN_REQUEST when there is none
 */
export function obtainFrom(context: TokenContext, source: TokenSource): Promise<AccessToken> {
  return context.tokens.get(source, async (last) => {
    const token = await source.get(context, last);
    context.learn?.(token.secret.reveal());
    return token;
  });
}

/** A client that asks by a grant. @param grant @default - client credentials */
export function clientSource(credentials: Credentials, grant?: Grant): TokenSource {
  const issuer = issuerOf(credentials);
  return {
    label: credentials.label,
    ...(issuer === undefined ? {} : { issuer }),
    get: (context) => obtainToken(context, credentials, grant),
  };
}
