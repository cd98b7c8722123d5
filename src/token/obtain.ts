import { CredentialDestinationError } from '../model/errors';
import { isLoopbackHost } from '../http/loopback';
import type { Sender } from '../http/sender';
import { readAccessToken, type AccessToken } from './access-token';
import { withoutQuery } from './fetch-json';
import { relocate, type IssuerAddresses } from './issuer-addresses';
import { issuerOf, type Credentials } from './credentials';
import { askTokenEndpoint, type Pause } from './token-request';

/** What tokens are fetched with; keep one per run. */
export interface TokenContext {
  /** Without `insecureTls`: an issuer whose certificate nobody checks gets no secret. */
  readonly sender: Sender;
  /** Where the user says that issuers are reachable. @default - at their own addresses */
  readonly addresses?: IssuerAddresses;
  /** Waits between tries. @default - real time */
  readonly pause?: Pause;
  /** Tokens of this run, by client. Filled by {@link obtainToken}. */
  readonly tokens: Map<string, Promise<AccessToken>>;
}

/** Builds the context of a run. */
export function createTokenContext(sender: Sender, options: { addresses?: IssuerAddresses; pause?: Pause } = {}): TokenContext {
  return { sender, ...options, tokens: new Map() };
}

/**
 * Fetches a token with the client's own credentials, once per client and run. A refused client that is mounted is read again once, because
 * its secret may have been rotated.
 *
 * @throws {CredentialDestinationError} ERR_CREDENTIAL_DESTINATION when the secret would go over plain http to another machine
 * @throws {TokenRequestError} ERR_TOKEN_REQUEST when there is no usable answer
 * @see RFC 6749 section 4.4
 */
export function obtainToken(context: TokenContext, credentials: Credentials): Promise<AccessToken> {
  const key = JSON.stringify([credentials.label, credentials.source, credentials.clientId, credentials.tokenEndpoint]);
  const known = context.tokens.get(key);
  if (known) return known;
  const token = fetchToken(context, credentials);
  context.tokens.set(key, token);
  token.catch(() => context.tokens.delete(key));
  return token;
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

async function fetchToken(context: TokenContext, credentials: Credentials): Promise<AccessToken> {
  const endpoint = destinationOf(credentials, context.addresses);
  const answer = await askTokenEndpoint(context.sender, endpoint, credentials, context.pause);
  const fresh = answer.status === 401 ? await rotated(credentials) : undefined;
  if (!fresh) return readAccessToken(answer, endpoint, credentials.label);
  const again = destinationOf(fresh, context.addresses);
  return readAccessToken(await askTokenEndpoint(context.sender, again, fresh, context.pause), again, fresh.label);
}

/** The credential as it is mounted now, if that differs. */
async function rotated(credentials: Credentials): Promise<Credentials | undefined> {
  const fresh = await credentials.reread?.();
  return fresh && (fresh.clientId !== credentials.clientId || !fresh.secret.equals(credentials.secret)) ? fresh : undefined;
}

export type { AccessToken };
