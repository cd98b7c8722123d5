import { TokenRequestError } from '../model/errors';
import type { ClientAuthentication } from './client-authentication';
import type { Credentials } from './credentials';
import { decodeToken } from './decode';
import { withoutQuery } from './fetch-json';
import type { Grant } from './grant';
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
  /** When it ends, in milliseconds since 1970 by the clock of this machine. @default - not known */
  readonly expiresAt?: number;
  /** Scopes as the endpoint says, which the token may contradict. */
  readonly scope?: string;
  /** Gets the next one where a person signed in for this one. */
  readonly refresh?: Secret;
  /** Says who signed in, for the client alone. @default - none came with it */
  readonly idToken?: Secret;
  /** Where it came from, without query. */
  readonly endpoint: string;
}

/** What a token was asked for with. */
export interface TokenOrigin {
  readonly url: string;
  readonly credentials: Credentials;
  readonly grant: Grant;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Reads the answer of a token endpoint.
 *
 * @throws {TokenRequestError} ERR_TOKEN_REQUEST when there is no bearer token in it
 * @see RFC 6749 section 5.1, RFC 6750 section 2.1
 */
export function readAccessToken(answer: TokenAnswer, { url, credentials, grant, now }: TokenOrigin): AccessToken {
  const endpoint = withoutQuery(url);
  const refuse = (reason: string, hint: string): TokenRequestError =>
    new TokenRequestError(`token endpoint ${endpoint} for ${credentials.label} ${reason}`, hint, answer.status);
  if (!('value' in answer)) {
    const hint = hintFor(answer, credentials.authentication, grant);
    throw refuse(`${answer.reason}${answer.error === undefined ? '' : ` (${answer.error})`}`, hint);
  }
  const { access_token: token, token_type: type, expires_in: seconds, scope, refresh_token: refresh, id_token: id } = answer.value;
  if (typeof token !== 'string' || token === '') throw refuse('answered without access_token', otherService);
  if (!/^[A-Za-z0-9._~+/-]+=*$/.test(token)) throw refuse('gave a token with characters that no token has', otherService);
  if (type !== undefined && (typeof type !== 'string' || type.toLowerCase() !== 'bearer'))
    throw refuse('gave a token that is no bearer token', otherService);
  const decoded = decodeToken(token);
  const life = typeof seconds === 'number' && seconds > 0 ? seconds : lifeSaidByToken(decoded?.claims);
  return {
    secret: new Secret(token),
    isJwt: decoded !== undefined,
    endpoint,
    ...(typeof seconds === 'number' ? { expiresInSeconds: seconds } : {}),
    ...(life === undefined ? {} : { expiresAt: now + life * 1000 }),
    ...(typeof scope === 'string' ? { scope } : {}),
    ...(typeof id === 'string' && decodeToken(id) ? { idToken: new Secret(id) } : {}),
    ...(typeof refresh === 'string' && refresh !== '' ? { refresh: new Secret(refresh) } : {}),
  };
}

/** From issue to end: both by the clock of the issuer, which need not be that of this machine. */
function lifeSaidByToken(claims: { readonly iat?: unknown; readonly exp?: unknown } = {}): number | undefined {
  const { iat, exp } = claims;
  return typeof iat === 'number' && typeof exp === 'number' && exp > iat ? exp - iat : undefined;
}

const otherService = 'Check that "url" or "token_url" of the credentials belongs to an OAuth server.';

type Refused = Exclude<TokenAnswer, { value: unknown }>;

function hintFor({ status, retryAfterSeconds, error }: Refused, { kind }: ClientAuthentication, grant: Grant): string {
  if (error === 'invalid_grant' && grant.kind !== 'client_credentials') return grantHints[grant.kind];
  if (status === 401 || error === 'invalid_client') return clientHints[kind];
  if (status === 400) return `Check that the client may use the grant ${grant.kind}${grant.scopes ? ' and these scopes' : ''}.`;
  if (status === 403) return 'Check that the client may use this token endpoint.';
  if (status === 429) return `Wait ${retryAfterSeconds ?? 'some'} seconds and run the command again; the issuer limits requests.`;
  if (status === undefined && kind === 'certificate')
    return 'Check network and issuer, that the certificate is accepted there, and that "certurl" is its host.';
  if (status === undefined || status >= 500) return 'Check network and issuer, then run the command again.';
  return otherService;
}

const clientHints: Readonly<Record<ClientAuthentication['kind'], string>> = {
  secret: 'Check client id and secret; after a rotation create a new service key or read the Secret again.',
  certificate: 'Check client id and certificate; after a rotation read the binding again.',
  assertion: 'Check client id, key id and that the issuer knows the public key of "private_key"; some want another "assertion_audience".',
  none: 'Check that this is a public client; another needs its secret in the credentials.',
};

const grantHints: Readonly<Record<Exclude<Grant['kind'], 'client_credentials'>, string>> = {
  'saml2-bearer':
    'Get a new SAML assertion: it may have ended or been used, or its audience, recipient or identity provider is not one the issuer trusts.',
  authorization_code: 'Sign in again; if it stays, check that the redirect URI is registered for this client.',
  refresh_token: 'Sign in again; the earlier sign-in has ended.',
};
