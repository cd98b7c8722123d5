import { TokenRequestError } from '../model/errors';
import { decodeToken } from './decode';
import { withoutQuery } from './fetch-json';
import { Secret } from './secret';
import type { TokenAnswer } from './token-request';

/** A token as the token endpoint gave it. */
export interface AccessToken {
  /** The token itself; it prints as `[redacted]`. */
  readonly secret: Secret;
  /** False for an opaque token, which no gateway can check. */
  readonly isJwt: boolean;
  /** Seconds that it lasts, as the endpoint says. */
  readonly expiresInSeconds?: number;
  /** Scopes as the endpoint says, which the token may contradict. */
  readonly scope?: string;
  /** Where it came from, without query. */
  readonly endpoint: string;
}

/**
 * Reads the answer of a token endpoint.
 *
 * @throws {TokenRequestError} ERR_TOKEN_REQUEST when there is no bearer token in it
 * @see RFC 6749 section 5.1, RFC 6750 section 2.1
 */
export function readAccessToken(answer: TokenAnswer, url: string, label: string): AccessToken {
  const endpoint = withoutQuery(url);
  const refuse = (reason: string, hint: string): TokenRequestError =>
    new TokenRequestError(`token endpoint ${endpoint} for ${label} ${reason}`, hint, answer.status);
  if (!('value' in answer)) throw refuse(`${answer.reason}${answer.error === undefined ? '' : ` (${answer.error})`}`, hintFor(answer));
  const { access_token: token, token_type: type, expires_in: seconds, scope } = answer.value;
  if (typeof token !== 'string' || token === '') throw refuse('answered without access_token', otherService);
  if (!/^[A-Za-z0-9._~+/-]+=*$/.test(token)) throw refuse('gave a token with characters that no token has', otherService);
  if (type !== undefined && (typeof type !== 'string' || type.toLowerCase() !== 'bearer'))
    throw refuse('gave a token that is no bearer token', otherService);
  return {
    secret: new Secret(token),
    isJwt: decodeToken(token) !== undefined,
    endpoint,
    ...(typeof seconds === 'number' ? { expiresInSeconds: seconds } : {}),
    ...(typeof scope === 'string' ? { scope } : {}),
  };
}

const otherService = 'Check that "url" or "token_url" of the credentials belongs to an OAuth server.';

function hintFor({ status, retryAfterSeconds }: Exclude<TokenAnswer, { value: unknown }>): string {
  if (status === 401) return 'Check client id and secret; after a rotation create a new service key or read the Secret again.';
  if (status === 400) return 'Check that the client may use the grant client_credentials.';
  if (status === 403) return 'Check that the client may use this token endpoint.';
  if (status === 429) return `Wait ${retryAfterSeconds ?? 'some'} seconds and run the command again; the issuer limits requests.`;
  if (status === undefined || status >= 500) return 'Check network and issuer, then run the command again.';
  return otherService;
}
