import type { Learnt, LockEntry } from '../config/lock-file';
import { CredentialDestinationError, CredentialsInvalidError, IssuerUnreachableError, TokenRequestError } from '../model/errors';
import { xsuaaIssuer } from '../model/issuer';
import type { JsonObject } from '../model/json';
import type { Credentials } from '../token/credentials';
import { decodeToken } from '../token/decode';
import { discover } from '../token/discovery';
import { obtainToken, type TokenContext } from '../token/obtain';

/** What was learnt of an instance, and what about it should worry its owner. */
export interface LearntEntry {
  readonly entry: LockEntry;
  /** What could not be asked, and why. Not empty means that the entry rests on the service key alone in some place. */
  readonly unasked: readonly string[];
  /** What else is worth knowing, for people. */
  readonly notices: readonly string[];
  /** What contradicts itself, so that rules would refuse the own tokens or trust a stranger. */
  readonly contradictions: readonly string[];
}

/**
 * Learns what only the finished instance knows: from the service key, then from the live discovery document, then from a real token. Later
 * sources win, because the gateway compares with the token.
 * @param offline ask nobody, so that the entry is derived from the service key. @default false
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when the service key is not one of XSUAA
 */
export async function learnEntry(credentials: Credentials, context: TokenContext, offline = false): Promise<LearntEntry> {
  const { clientId, xsappname, issuerUrl, label } = credentials;
  if (issuerUrl === undefined || xsappname === undefined) {
    throw new CredentialsInvalidError(
      `credentials ${label}: have no "${issuerUrl === undefined ? 'url' : 'xsappname'}"`,
      'Give the service key of the XSUAA instance.',
    );
  }
  const derived = xsuaaIssuer(issuerUrl);
  const found = new Findings();
  const published = offline ? undefined : await found.attempt(publishedOf(derived.issuer, context));
  if (published) found.compareHost(derived.jwksUri, published.jwksUri);
  const claims = offline ? undefined : await found.attempt(claimsOf(credentials, context));
  if (claims) found.checkToken(claims, clientId, published?.issuer);
  const tokenIssuer = typeof claims?.['iss'] === 'string' ? claims['iss'] : undefined;
  const learnt = (isLive: boolean): Learnt => (isLive ? 'discovery' : 'derived');
  const entry: LockEntry = {
    clientId,
    issuer: tokenIssuer ?? published?.issuer ?? derived.issuer,
    jwksUri: published?.jwksUri ?? derived.jwksUri,
    learnt: {
      clientId: 'service key',
      issuer: tokenIssuer === undefined ? learnt(published !== undefined) : 'token',
      jwksUri: learnt(published?.jwksUri !== undefined),
      xsappname: 'service key',
    },
    xsappname,
  };
  return { entry, unasked: found.unasked, notices: found.notices, contradictions: found.contradictions };
}

async function publishedOf(issuer: string, { sender, addresses }: TokenContext): Promise<{ issuer: string; jwksUri?: string }> {
  return discover(sender, issuer, addresses?.get(issuer));
}

async function claimsOf(credentials: Credentials, context: TokenContext): Promise<JsonObject> {
  const { secret, endpoint } = await obtainToken(context, credentials);
  const decoded = decodeToken(secret.reveal());
  if (!decoded) throw new TokenRequestError(`token endpoint ${endpoint} gave an opaque token`, 'Check the kind of the client.');
  return decoded.claims;
}

/** Collects what went other than hoped for. */
class Findings {
  readonly unasked: string[] = [];
  readonly notices: string[] = [];
  readonly contradictions: string[] = [];

  /** What the live issuer does not say is remembered: whether that is enough is for the caller to decide. */
  async attempt<T>(asked: Promise<T>): Promise<T | undefined> {
    try {
      return await asked;
    } catch (error) {
      if (!(error instanceof IssuerUnreachableError || error instanceof TokenRequestError || error instanceof CredentialDestinationError))
        throw error;
      this.unasked.push(error.message);
      return undefined;
    }
  }

  compareHost(own: string, published: string | undefined): void {
    if (published === undefined || (URL.canParse(published) && new URL(published).origin === new URL(own).origin)) return;
    this.contradictions.push(`the discovery document names keys at ${published}, which is not the host of the instance`);
  }

  checkToken(claims: JsonObject, clientId: string, published: string | undefined): void {
    const { aud, iss } = claims;
    const audiences = Array.isArray(aud) ? aud : [aud];
    if (!audiences.includes(clientId))
      this.contradictions.push(
        `the client's own token does not have ${clientId} among its audiences, so rules with clients: own would refuse it`,
      );
    if (typeof iss !== 'string') this.contradictions.push('the token names no issuer');
    else if (published !== undefined && iss !== published)
      this.notices.push(`tokens say iss ${iss}, the discovery document ${published}; the tokens decide`);
  }
}
