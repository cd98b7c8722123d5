import type { TokenFact } from '../../../model/access';
import type { JsonObject, JsonValue } from '../../../model/json';
import { objectAt, textOf } from '../../../model/json-fields';
import type { NormalRequest } from '../../../model/normalize-request';
import { standsFor, type ReplacedIssuer } from './replaced-issuer';

/** What is known of a token, and whose keys signed it. */
export interface OldTokenFact extends TokenFact {
  /** Address of the keys. @default - one of those that the issuer is known by */
  readonly keys?: string;
}

/** Knowledge about tokens, by the exact token text. */
export type OldTokenFacts = ReadonlyMap<string, OldTokenFact>;

/** Where a token stands in a request. */
export type TokenPlace =
  | { readonly kind: 'header'; readonly name: string; readonly prefix: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'cookie'; readonly name: string };

/** Where both kinds of token checks look unless told otherwise. */
export const bearer: TokenPlace = { kind: 'header', name: 'authorization', prefix: 'Bearer ' };

/** Where an Oathkeeper handler looks for the token. @see Ory Oathkeeper documentation, `token_from` */
export function placeOf(config: JsonObject): TokenPlace {
  const from = objectAt(config, 'token_from');
  const { header, query_parameter: parameter, cookie } = from;
  if (typeof header === 'string')
    return header.toLowerCase() === 'authorization' ? bearer : { kind: 'header', name: header.toLowerCase(), prefix: '' };
  if (typeof parameter === 'string') return { kind: 'parameter', name: parameter };
  return typeof cookie === 'string' ? { kind: 'cookie', name: cookie } : bearer;
}

/** The token text of a request; `undefined` when there is none at the place. */
export function tokenAt(place: TokenPlace, { headers, query }: Pick<NormalRequest, 'headers' | 'query'>): string | undefined {
  if (place.kind === 'parameter') return new URLSearchParams(query ?? '').get(place.name) ?? undefined;
  if (place.kind === 'cookie') {
    const pairs = (headers['cookie'] ?? '').split(/; */).map((pair) => pair.split('=', 2));
    return pairs.find(([name]) => name === place.name)?.[1];
  }
  const value = headers[place.name];
  if (place.prefix === '' || value === undefined) return value;
  return /^bearer (.+)$/i.exec(value)?.[1];
}

/** True when Oathkeeper accepted a token for the settings of a `jwt` handler. */
export function isAcceptedByOry(config: JsonObject, fact: OldTokenFact, replaced: readonly ReplacedIssuer[]): boolean {
  const { claims = {}, problem } = fact;
  if (problem !== undefined || !isTrusted(config, fact, replaced)) return false;
  const audiences = textsOf(claims['aud'], false);
  if (!textsOf(config['target_audience'], false).every((audience) => audiences.includes(audience))) return false;
  const granted = ['scp', 'scope', 'scopes'].map((claim) => textsOf(claims[claim], true)).find((scopes) => scopes.length > 0) ?? [];
  const covers = strategies[textOf(config['scope_strategy'] ?? 'exact')] ?? isSame;
  return textsOf(config['required_scope'], false).every((needed) => granted.some((scope) => covers(scope, needed)));
}

/** Issuer and keys must both be listed, in whatever pair; the word of the user makes a new pair stand for a listed one. */
function isTrusted(config: JsonObject, { issuer = '', keys }: OldTokenFact, replaced: readonly ReplacedIssuer[]): boolean {
  const issuers = textsOf(config['trusted_issuers'], false);
  const addresses = textsOf(config['jwks_urls'], false);
  const isStanding = (one: ReplacedIssuer): boolean => one.issuer === issuer && (keys === undefined || one.jwksUri === keys);
  if (replaced.some((one) => isStanding(one) && standsFor(one, issuers, addresses))) return true;
  const isIssuer = issuers.length === 0 || issuers.includes(issuer);
  return isIssuer && issuers.length + addresses.length > 0 && (keys === undefined || addresses.length === 0 || addresses.includes(keys));
}

const isSame = (granted: string, needed: string): boolean => granted === needed;

/** Whether a scope that a token carries covers one that a rule asks for. @see Ory Oathkeeper documentation, `scope_strategy` */
const strategies: Readonly<Record<string, (granted: string, needed: string) => boolean>> = {
  exact: isSame,
  hierarchic: (granted, needed) => granted === needed || needed.startsWith(`${granted}.`),
  wildcard: (granted, needed) => {
    const [parts, wanted] = [granted.split('.'), needed.split('.')];
    if (wanted.length < parts.length || (wanted.length > parts.length && parts.at(-1) !== '*')) return false;
    return parts.every((part, at) => (part === '*' ? wanted[at] !== '' : part === wanted[at]));
  },
  // Oathkeeper refuses everybody where scopes are asked for and none are compared.
  none: () => false,
};

/** Texts of a list, or a text alone, which may hold several. */
export function textsOf(value: JsonValue | undefined, split: boolean): readonly string[] {
  if (typeof value === 'string') return split ? value.split(' ').filter((part) => part !== '') : [value];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
