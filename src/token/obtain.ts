import { CredentialDestinationError, CredentialsInvalidError, TokenRequestError } from '../model/errors';
import { isLoopbackHost } from '../http/loopback';
import type { Sender } from '../http/sender';
import { readAccessToken, type AccessToken } from './access-token';
import { isSameAuthentication } from './client-authentication';
import { issuerOf, secretsOf, type Credentials } from './credentials';
import { withoutQuery } from './fetch-json';
import type { Grant } from './grant';
import { relocate, type IssuerAddresses } from './issuer-addresses';
import { createTokenCache, type TokenCache } from './token-cache';
import { askTokenEndpoint, type Pause, type TokenAnswer } from './token-request';

/** What tokens are fetched with; keep one per run. */
export interface TokenContext {
  /** Without `insecureTls`: an issuer whose certificate nobody checks gets no secret. */
  readonly sender: Sender;
  /** Where the user says that issuers are reachable. @default - at their own addresses */
  readonly addresses?: IssuerAddresses;
  /** Waits between tries. @default - real time */
  readonly pause?: Pause;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told every secret that comes or is made, so that it can never appear in an output. */
  readonly learn?: (secret: string) => void;
  /** Tokens of this run, by client. Filled by {@link obtainToken}. */
  readonly tokens: TokenCache;
  /** What a mounted client was rotated to, so that the secret before is not sent again. */
  readonly rotated: WeakMap<Credentials, Credentials>;
}

/** Builds the context of a run. */
export function createTokenContext(
  sender: Sender,
  options: Partial<Pick<TokenContext, 'addresses' | 'pause' | 'now' | 'learn'>> = {},
): TokenContext {
  const { now = Date.now, ...rest } = options;
  return { sender, ...rest, now, tokens: createTokenCache(now), rotated: new WeakMap() };
}

const forItself: Grant = { kind: 'client_credentials' };

/**
 * Fetches a token with the client's own credentials, once per client and run, and again only when it ends. A refused client that is mounted
 * is read again once, because its secret may have been rotated.
 *
 * @param grant by what right. @default - client credentials
 * @throws {CredentialDestinationError} ERR_CREDENTIAL_DESTINATION when the secret would go over plain http to another machine
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when the client cannot ask for itself
 * @throws {TokenRequestError} ERR_TOKEN_REQUEST when there is no usable answer
 * @see RFC 6749 section 4
 */
export async function obtainToken(context: TokenContext, credentials: Credentials, grant: Grant = forItself): Promise<AccessToken> {
  const { label, source, clientId, tokenEndpoint } = credentials;
  const key = JSON.stringify([label, source, clientId, tokenEndpoint, grant.kind, grant.scopes ?? []]);
  return context.tokens.get(key, (last) => renewed(context, credentials, grant, last));
}

/**
 * Where the secret of a credential goes: the token endpoint that it names itself, on the origin that the user named for its issuer if any.
 *
 * @throws {CredentialDestinationError} ERR_CREDENTIAL_DESTINATION when that is neither https nor this machine
 */
export function destinationOf(credentials: Credentials, addresses: IssuerAddresses = new Map()): string {
  const issuer = issuerOf(credentials);
  const url = relocate(credentials.tokenEndpoint, issuer === undefined ? undefined : addresses.get(issuer));
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || isLoopbackHost(hostname)) return url;
  throw new CredentialDestinationError(`the secret of ${credentials.label} would go over plain http to ${withoutQuery(url)}`);
}

/** With a refresh token a person need not sign in again; when that is refused, the grant itself has its turn. */
async function renewed(context: TokenContext, credentials: Credentials, grant: Grant, last: AccessToken | undefined): Promise<AccessToken> {
  const token = last?.refresh;
  if (token === undefined) return requestToken(context, credentials, grant);
  try {
    return { refresh: token, ...(await requestToken(context, credentials, { kind: 'refresh_token', token })) };
  } catch (error) {
    if (error instanceof TokenRequestError && error.status === 400) return requestToken(context, credentials, grant);
    throw error;
  }
}

/** Asks for a token whatever the run holds already. @throws as {@link obtainToken} */
export async function requestToken(context: TokenContext, credentials: Credentials, grant: Grant): Promise<AccessToken> {
  if (credentials.authentication.kind === 'none' && grant.kind === 'client_credentials')
    throw new CredentialsInvalidError(
      `credentials ${credentials.label}: a public client cannot ask for a token by itself`,
      'Sign in with --browser, or give the credentials of a client with a secret, certificate or private key.',
    );
  const known = context.rotated.get(credentials) ?? credentials;
  const usable = (await outlived(known, context.now())) ?? known;
  const answer = await ask(context, usable, grant);
  const fresh = answer.status === 401 ? await rotated(usable) : undefined;
  if (fresh) context.rotated.set(credentials, fresh);
  for (const secret of fresh ? secretsOf(fresh) : []) context.learn?.(secret);
  const [from, last] = fresh ? [fresh, await ask(context, fresh, grant)] : [usable, answer];
  const token = readAccessToken(last, { url: destinationOf(from, context.addresses), credentials: from, grant, now: context.now() });
  for (const secret of [token.secret, token.refresh, token.idToken]) if (secret) context.learn?.(secret.reveal());
  return token;
}

function ask(context: TokenContext, credentials: Credentials, grant: Grant): Promise<TokenAnswer> {
  return askTokenEndpoint(context, destinationOf(credentials, context.addresses), credentials, grant);
}

/** A certificate that has ended: what is mounted in its place. @throws {TokenRequestError} ERR_TOKEN_REQUEST when nothing better is there */
async function outlived(credentials: Credentials, now: number): Promise<Credentials | undefined> {
  if (!hasEnded(credentials, now)) return undefined;
  const fresh = await credentials.reread?.();
  if (fresh && !hasEnded(fresh, now)) return fresh;
  const { authentication } = credentials;
  const end = authentication.kind === 'certificate' ? authentication.validTo.toISOString() : '';
  throw new TokenRequestError(
    `the certificate of ${credentials.label} ended on ${end}`,
    'Rotate the binding and read it again; x509 bindings of XSUAA last seven days unless a rotation policy renews them.',
  );
}

function hasEnded({ authentication }: Credentials, now: number): boolean {
  return authentication.kind === 'certificate' && authentication.validTo.getTime() <= now;
}

/** The credential as it is mounted now, if that differs. */
async function rotated(credentials: Credentials): Promise<Credentials | undefined> {
  const fresh = await credentials.reread?.();
  const isSame =
    !fresh || (fresh.clientId === credentials.clientId && isSameAuthentication(fresh.authentication, credentials.authentication));
  return isSame ? undefined : fresh;
}

export type { AccessToken };
