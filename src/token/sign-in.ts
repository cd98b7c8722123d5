import { isLoopbackHost } from '../http/loopback';
import { listenForRedirect, type RedirectListener } from '../http/redirect-listener';
import { CredentialDestinationError, TokenRequestError, UsageError } from '../model/errors';
import type { AccessToken } from './access-token';
import { issuerOf, type Credentials } from './credentials';
import { discover } from './discovery';
import { withoutQuery } from './fetch-json';
import { relocate } from './issuer-addresses';
import { requestToken, type TokenContext } from './obtain';
import { isSameText, newTicket, type SignInTicket } from './pkce';
import { Secret } from './secret';
import type { TokenSource } from './token-source';

/** How a person is brought to the sign-in page. */
export interface SignInTools {
  /** Opens the page; the address is shown in any case. */
  readonly open: (url: string) => Promise<unknown>;
  /** Shows a line to the person. */
  readonly tell: (line: string) => void;
  /** How long the person is waited for. @default 120000 */
  readonly timeoutMs?: number;
  /** Loopback address that the client has registered, port 0 for any. @default 'http://127.0.0.1:0/callback' */
  readonly redirect?: string;
  /** @default - those the issuer gives by itself */
  readonly scopes?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Tokens of a person who signs in with the browser, at most once per run as long as the issuer renews the token. */
export function browserSource(credentials: Credentials, tools: SignInTools): TokenSource {
  const issuer = issuerOf(credentials);
  return {
    label: credentials.label,
    ...(issuer === undefined ? {} : { issuer }),
    async get(context, last) {
      if (!last?.refresh) return signIn(context, credentials, tools);
      return { refresh: last.refresh, ...(await requestToken(context, credentials, { kind: 'refresh_token', token: last.refresh })) };
    },
  };
}

/**
 * Authorization code with PKCE: the person signs in at the issuer, which sends the browser back to this machine.
 *
 * @throws {TokenRequestError} ERR_TOKEN_REQUEST when nobody signs in in time, or the issuer says no
 * @throws {UsageError} ERR_USAGE when the redirect address is no http address of this machine
 * @throws {CredentialDestinationError} ERR_CREDENTIAL_DESTINATION when the sign-in page is neither https nor this machine
 * @see RFC 6749 section 4.1, RFC 7636, RFC 8252 section 7.3
 */
export async function signIn(context: TokenContext, credentials: Credentials, tools: SignInTools): Promise<AccessToken> {
  const endpoint = await authorizationEndpointOf(context, credentials);
  const ticket = newTicket();
  context.learn?.(ticket.verifier.reveal());
  const listener = await listen(tools.redirect ?? 'http://127.0.0.1:0/callback', ticket);
  try {
    const url = authorizationUrl(endpoint, { clientId: credentials.clientId, redirectUri: listener.redirectUri, ticket, ...tools });
    tools.tell(`Sign in with your browser at\n  ${url}`);
    await tools.open(url);
    const answer = await inTime(listener.answer, tools, credentials.label);
    const code = codeOf(answer, credentials);
    context.learn?.(code);
    const grant = {
      kind: 'authorization_code',
      code: new Secret(code),
      redirectUri: listener.redirectUri,
      verifier: ticket.verifier,
    } as const;
    return await requestToken(context, credentials, grant);
  } finally {
    await listener.close();
  }
}

/** The page as the credential names it, as XSUAA has it, or as the issuer says in a discovery document in its own name. */
async function authorizationEndpointOf({ sender, addresses }: TokenContext, credentials: Credentials): Promise<URL> {
  const { issuerUrl, tokenEndpoint, authorizationEndpoint, label } = credentials;
  const issuer = issuerOf(credentials);
  const at = issuer === undefined ? undefined : addresses?.get(issuer);
  const isXsuaa = issuerUrl !== undefined && /\/oauth\/token$/.test(tokenEndpoint);
  const known = authorizationEndpoint ?? (isXsuaa ? `${issuerUrl.replace(/\/$/, '')}/oauth/authorize` : undefined);
  const url = new URL(relocate(known ?? (await discovered()), at));
  if (url.protocol === 'https:' || isLoopbackHost(url.hostname)) return url;
  throw new CredentialDestinationError(`the sign-in for ${label} would go over plain http to ${withoutQuery(url.href)}`);

  async function discovered(): Promise<string> {
    if (issuer === undefined)
      throw new UsageError(`where people sign in for ${label} is not known`, 'Add "issuer" or "authorize_url" to the credentials.');
    const { issuer: said, document } = await discover(sender, issuer, at);
    const page = document['authorization_endpoint'];
    if (said === issuer && typeof page === 'string' && URL.canParse(page) && /^https?:$/.test(new URL(page).protocol)) return page;
    throw new TokenRequestError(
      `the discovery document of ${issuer} ${said === issuer ? 'names no page to sign in' : 'speaks for another issuer'}`,
      'Check the issuer, or add "authorize_url" to the credentials.',
    );
  }
}

interface UrlParts extends Pick<SignInTools, 'scopes'> {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly ticket: SignInTicket;
}

function authorizationUrl(endpoint: URL, { clientId, redirectUri, ticket, scopes = [] }: UrlParts): string {
  const url = new URL(endpoint);
  const query = {
    ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, state: ticket.state },
    ...{ code_challenge: ticket.challenge, code_challenge_method: 'S256' },
    ...(scopes.length > 0 ? { scope: scopes.join(' ') } : {}),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

async function listen(redirect: string, { state }: SignInTicket): Promise<RedirectListener> {
  const url = URL.canParse(redirect) ? new URL(redirect) : undefined;
  if (url?.protocol !== 'http:' || !isLoopbackHost(url.hostname) || url.search + url.hash !== '')
    throw new UsageError(
      `--redirect is ${JSON.stringify(redirect)}; give an http address of this machine, such as http://localhost:8085/callback`,
    );
  try {
    return await listenForRedirect(url, (query) => isSameText(query.get('state') ?? '', state));
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
    throw new UsageError(
      `nothing can listen at ${withoutQuery(redirect)}${code}`,
      'Give another port with --redirect, or end what listens there.',
    );
  }
}

function inTime<T>(answer: Promise<T>, { timeoutMs = 120_000, signal }: SignInTools, label: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const seconds = Math.round(timeoutMs / 100) / 10;
    const give = (reason: string): void => {
      clearTimeout(timer);
      reject(
        new TokenRequestError(`the sign-in for ${label} ${reason}`, 'Run the command again and sign in; --timeout S gives more time.'),
      );
    };
    const timer = setTimeout(() => give(`did not end within ${seconds} seconds`), timeoutMs);
    const stopped = (): void => give('was stopped');
    if (signal?.aborted) stopped();
    signal?.addEventListener('abort', stopped, { once: true });
    void answer.then(resolve).finally(() => clearTimeout(timer));
  });
}

/** @see RFC 6749 section 4.1.2, RFC 9207 section 2.4 */
function codeOf(answer: URLSearchParams, credentials: Credentials): string {
  const [code, error, from] = ['code', 'error', 'iss'].map((name) => answer.get(name));
  const issuer = issuerOf(credentials);
  const isKnown = issuer !== undefined && URL.canParse(issuer);
  if (typeof from === 'string' && isKnown && from !== issuer && from !== credentials.issuerUrl)
    throw new TokenRequestError(
      `the answer to the sign-in for ${credentials.label} comes from another issuer`,
      'Check "issuer" of the credentials.',
    );
  if (typeof code === 'string' && code !== '' && typeof error !== 'string') return code;
  const word = typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? ` (${error})` : '';
  throw new TokenRequestError(
    `the issuer refused the sign-in for ${credentials.label}${word}`,
    'Check that you may sign in, and that the client may use authorization_code and has this redirect address registered.',
  );
}
