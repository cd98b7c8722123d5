import type { JwtRule } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { textOf } from '../../model/json-fields';
import { keySourceOf } from '../../model/key-source';
import { leastCallers, type Caller } from '../../model/search/caller';
import { demandsOf } from '../../model/translate-policies';
import type { OldHandler } from '../old-api-rule';
import { currentRuleOf } from './old/old-istio-jwt';
import type { OldHost, OldModel, OldRoute } from './old/old-model';
import { textsOf } from './old/old-token';
import { standsFor, type ReplacedIssuer } from './old/replaced-issuer';

/** A caller with a valid token that no rule asks for. */
export const foreign: Caller = {
  issuer: 'https://issuer.example/that-no-rule-trusts',
  keys: 'https://issuer.example/keys',
  claims: { sub: 'subject' },
  headers: {},
};

/**
 * Finds callers whom the old rules that take a path let in with a token: with the least that a rule asks for, and those whose tokens have another
 * form.
 *
 * @param jwtRules issuers of today: their tokens are those that exist
 * @param isGone tells issuers and keys that nobody has tokens of any more
 */
export function oldCallers(
  { proxied, checks }: Pick<OldHost, 'proxied' | 'checks'>,
  { replaced }: Pick<OldModel, 'replaced'>,
  jwtRules: readonly JwtRule[],
  isGone: (address: string) => boolean,
): (path: string) => readonly Caller[] {
  const all = [
    ...proxied.map((route) => ({ takes: route.takes, callers: callersOfProxy(route, replaced, isGone) })),
    ...checks.map(({ takes, strategies }) => ({
      takes,
      callers: strategies.flatMap((strategy) => callersOf(strategy, replaced, jwtRules, isGone)),
    })),
  ];
  return (path) => all.filter(({ takes }) => takes(path)).flatMap(({ callers }) => callers);
}

function callersOfProxy(route: OldRoute, replaced: readonly ReplacedIssuer[], isGone: (address: string) => boolean): Caller[] {
  const rule = currentRuleOf(route, replaced);
  if (rule?.access.kind !== 'jwt') return [];
  const { authentications } = rule.access.jwt;
  const living = authentications.filter(({ issuer, jwksUri }) => !isGone(issuer) && !isGone(jwksUri));
  const issuers = living.map(({ issuer }) => issuer);
  return demandsOf(rule)
    .flatMap((demand) => leastCallers(demand, issuers))
    .flatMap((caller) => withKeys(caller, living));
}

/** Callers once for each source of keys that is trusted for their issuer. */
export function withKeys(caller: Caller, trusted: readonly Pick<JwtRule, 'issuer' | 'jwksUri' | 'jwks'>[]): Caller[] {
  if (caller.issuer === undefined) return [caller];
  const sources = new Set(trusted.filter(({ issuer }) => issuer === caller.issuer).map(keySourceOf));
  return [...sources].map((keys) => ({ ...caller, keys }));
}

function callersOf(
  { handler, config }: OldHandler,
  replaced: readonly ReplacedIssuer[],
  jwtRules: readonly JwtRule[],
  isGone: (address: string) => boolean,
): Caller[] {
  if (handler === 'oauth2_introspection') return [{ issuer: 'the introspection endpoint', claims: { sub: 'subject' }, headers: {} }];
  if (handler !== 'jwt') return [];
  const [first, ...others] = pairsOf(config, replaced, jwtRules, isGone);
  if (!first) return [];
  const [usual = {}, ...unusual] = claimForms(config);
  return [
    ...[first, ...others].map((pair) => ({ ...pair, claims: usual, headers: {} })),
    ...unusual.map((claims) => ({ ...first, claims, headers: {} })),
  ];
}

/** Issuers with keys whose tokens a `jwt` handler accepted, as far as such tokens exist. */
function pairsOf(
  config: JsonObject,
  replaced: readonly ReplacedIssuer[],
  jwtRules: readonly JwtRule[],
  isGone: (address: string) => boolean,
): Pick<Caller, 'issuer' | 'keys'>[] {
  const issuers = textsOf(config['trusted_issuers'], false);
  const addresses = textsOf(config['jwks_urls'], false);
  const living = addresses.filter((address) => !isGone(address));
  const standing = replaced.filter((one) => standsFor(one, issuers, addresses));
  const known = (is: (rule: JwtRule) => boolean, otherwise: Pick<Caller, 'issuer' | 'keys'>): Pick<Caller, 'issuer' | 'keys'>[] => {
    const found = jwtRules.filter(is).map((rule) => ({ issuer: rule.issuer, keys: keySourceOf(rule) }));
    return found.length > 0 ? found : [otherwise];
  };
  const named = issuers
    .filter((issuer) => !isGone(issuer) && (addresses.length === 0 || living.length > 0))
    .flatMap((issuer) => known((rule) => rule.issuer === issuer, { issuer, ...(living[0] !== undefined && { keys: living[0] }) }));
  const unnamed =
    issuers.length > 0
      ? []
      : living.flatMap((keys) => known((rule) => rule.jwksUri === keys, { issuer: `an issuer with keys at ${keys}`, keys }));
  const all = [...named, ...unnamed, ...standing.map(({ issuer, jwksUri }) => ({ issuer, keys: jwksUri }))];
  return [...new Map(all.map((pair) => [JSON.stringify(pair), pair])).values()];
}

/** Claims that satisfied a `jwt` handler: the usual form first, then those that a proxy reads differently. */
function claimForms(config: JsonObject): JsonObject[] {
  const scopes = textsOf(config['required_scope'], false);
  const audiences = textsOf(config['target_audience'], false);
  const base = { sub: 'subject', ...(audiences.length > 0 && { aud: [...audiences] }) };
  const { sub: _, ...nameless } = base;
  if (scopes.length === 0) return [base, nameless];
  const usual = { ...base, scope: [...scopes] };
  const text = { ...base, scp: [...scopes, 'more'].join(' ') };
  const wide = { hierarchic: 'parent', wildcard: '*' }[textOf(config['scope_strategy'])];
  const covering = scopes.map((scope) => (wide === '*' ? scope.replace(/[^.]+$/, '*') : scope.replace(/\.[^.]*$/, '')));
  return [usual, text, { ...nameless, scope: [...scopes] }, ...(wide === undefined ? [] : [{ ...base, scope: covering }])];
}
