import type { JsonObject } from '../model/json';
import type { Sender } from '../http/sender';
import { fetchJson, unreachable, type NotPublished } from './fetch-json';
import { relocate } from './issuer-addresses';

/** What an issuer publishes about itself. Facts only: compare `issuer` and `jwksUri` with the rule, and send no secret to anything in it. */
export interface Discovery {
  /** Where the document was, as the issuer names it (before `at` was put in). */
  readonly url: string;
  /** Member `issuer`, exactly. */
  readonly issuer: string;
  /** Member `jwks_uri`, exactly. */
  readonly jwksUri?: string;
  /** Member `token_endpoint`, exactly. No secret goes there. */
  readonly tokenEndpoint?: string;
  readonly document: JsonObject;
}

/**
 * Reads the discovery document of an issuer. Of several places the first whose `issuer` is the same string wins, else the first that has one.
 *
 * @param at base URL where the issuer is really reachable. @default - at its own address
 * @throws {IssuerUnreachableError} ERR_ISSUER_UNREACHABLE when none of the places holds a document
 * @see RFC 8414 section 3, OpenID Connect Discovery 1.0 section 4
 */
export async function discover(sender: Sender, issuer: string, at?: string): Promise<Discovery> {
  let found: Discovery | undefined;
  let first: { url: string; problem: NotPublished } | undefined;
  for (const url of wellKnownUrls(issuer)) {
    const got = await fetchJson(sender, relocate(url, at));
    const read = 'value' in got ? discoveryOf(url, got.value) : got;
    if (!('document' in read)) first ??= { url, problem: read };
    else if (read.issuer === issuer) return read;
    else found ??= read;
    if ('isFinal' in read) break;
  }
  if (found) return found;
  throw unreachable('the discovery document', first?.url ?? issuer, first?.problem ?? { reason: 'has no http(s) URL' }, at);
}

/** The places where a discovery document may be, likeliest first. XSUAA adds the token path to its base, so its base is asked too. */
export function wellKnownUrls(issuer: string): string[] {
  if (!URL.canParse(issuer)) return [];
  const { protocol, origin, pathname, username, password } = new URL(issuer);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return [];
  const path = pathname.replace(/\/+$/, '');
  const base = path.endsWith('/oauth/token') ? [path.slice(0, -'/oauth/token'.length)] : [];
  const openid = [...base, path].map((prefix) => `${origin}${prefix}/.well-known/openid-configuration`);
  const inserted = [`${origin}/.well-known/oauth-authorization-server${path}`, `${origin}/.well-known/openid-configuration${path}`];
  return [...new Set([...openid, ...inserted])];
}

function discoveryOf(url: string, document: JsonObject): Discovery | NotPublished {
  const { issuer, jwks_uri: jwksUri, token_endpoint: tokenEndpoint } = document;
  if (typeof issuer !== 'string') return { reason: 'names no issuer' };
  return {
    url,
    issuer,
    ...(typeof jwksUri === 'string' ? { jwksUri } : {}),
    ...(typeof tokenEndpoint === 'string' ? { tokenEndpoint } : {}),
    document,
  };
}
