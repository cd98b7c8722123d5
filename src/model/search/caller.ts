import type { AccessRequest, TokenFacts } from '../access';
import type { JwtRule, PolicyCondition, PolicyRule, PolicySource } from '../istio';
import { isJsonObject, type JsonObject } from '../json';
import { matchesText } from '../text-pattern';

/** Somebody who makes a request. */
export interface Caller {
  /** Issuer of the valid token; absent for a caller without one. */
  readonly issuer?: string;
  /** Whose keys signed the token, as `keySourceOf` says; absent where that makes no difference. */
  readonly keys?: string;
  /** Principal of a caller inside the cluster, empty for one without; absent for one from outside. */
  readonly principal?: string;
  /** Claims of the token beside `iss`. */
  readonly claims: JsonObject;
  /** Headers that a policy asks for, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A caller without a token. */
export const anonymous: Caller = { claims: {}, headers: {} };

/** More alternatives of one policy rule than any author writes; bounds the search on hostile input. */
const alternativeLimit = 64;

/**
 * The callers with the least that one rule of a policy asks for. Whoever else the rule admits has more than one of them.
 * @param issuers issuers whose tokens the workload accepts
 */
export function leastCallers(rule: PolicyRule, issuers: readonly string[]): Caller[] {
  const sources = rule.from.length === 0 ? [{}] : rule.from;
  const bases = sources.flatMap((source) => callersFrom(source, rule.when, issuers));
  return bases.flatMap((base) => rule.when.reduce<Caller[]>((callers, condition) => withCondition(callers, condition), [base]));
}

function callersFrom(source: PolicySource, when: readonly PolicyCondition[], issuers: readonly string[]): Caller[] {
  const needsToken = when.some(({ key, values }) => key.startsWith('request.auth.') && values !== undefined);
  if (source.requestPrincipals === undefined)
    return needsToken ? issuers.map((issuer) => ({ issuer, claims: { sub: 'subject' }, headers: {} })) : [anonymous];
  return source.requestPrincipals.flatMap((principal) => {
    const slash = principal.lastIndexOf('/');
    const [issuerPattern, subject] = principal === '*' ? ['*', '*'] : [principal.slice(0, Math.max(0, slash)), principal.slice(slash + 1)];
    return issuers
      .filter((issuer) => matchesText(issuerPattern, issuer))
      .map((issuer) => ({ issuer, claims: { sub: textFor(subject, 'subject') }, headers: {} }));
  });
}

/** Each value of a condition is an alternative; a condition that only excludes is met by leaving the attribute out. */
function withCondition(callers: readonly Caller[], { key, values }: PolicyCondition): Caller[] {
  if (values === undefined) return [...callers];
  return callers.flatMap((caller) => values.map((value) => having(caller, key, textFor(value, 'value')))).slice(0, alternativeLimit);
}

function having(caller: Caller, key: string, value: string): Caller {
  const header = /^request\.headers\[([^\]]+)\]$/.exec(key)?.[1];
  if (header !== undefined) return { ...caller, headers: { ...caller.headers, [header.toLowerCase()]: value } };
  const names = [...key.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
  const path = key === 'request.auth.audiences' ? ['aud'] : key === 'request.auth.presenter' ? ['azp'] : names;
  if (!key.startsWith('request.auth.') || path.length === 0) return caller;
  return { ...caller, claims: withClaim(caller.claims, path, value) };
}

/** Several values of one claim stand in a list. */
function withClaim(claims: JsonObject, [name = '', ...rest]: readonly string[], value: string): JsonObject {
  const before = claims[name];
  if (rest.length > 0) return { ...claims, [name]: withClaim(isJsonObject(before) ? before : {}, rest, value) };
  if (name === 'sub' || name === 'azp' || before === undefined) return { ...claims, [name]: name === 'sub' ? value : [value] };
  return { ...claims, [name]: [...new Set([...(Array.isArray(before) ? before : [before]), value])] };
}

/** A text that a pattern of a policy takes. */
function textFor(pattern: string, filler: string): string {
  if (pattern === '*') return filler;
  if (pattern.startsWith('*')) return `${filler}${pattern.slice(1)}`;
  return pattern.endsWith('*') ? `${pattern.slice(0, -1)}${filler}` : pattern;
}

/** Text that stands for the one valid token of a search. */
const tokenText = 'header.payload.signature';

/** A request of a caller, with the token at each place where the workload looks for tokens of its issuer, one request a place. */
export function requestsOf(
  request: AccessRequest,
  caller: Caller,
  jwtRules: readonly JwtRule[],
): readonly { readonly request: AccessRequest; readonly facts: TokenFacts }[] {
  const { issuer, claims, headers } = caller;
  const base = { ...request, headers: { ...request.headers, ...headers } };
  if (issuer === undefined) return [{ request: base, facts: new Map() }];
  const facts: TokenFacts = new Map([[tokenText, { issuer, claims }]]);
  const rules = jwtRules.filter((rule) => rule.issuer === issuer);
  const placed = rules.map((rule) => withToken(base, rule));
  const seen = new Set<string>();
  return placed.filter((one) => !seen.has(JSON.stringify(one)) && seen.add(JSON.stringify(one))).map((one) => ({ request: one, facts }));
}

function withToken(request: AccessRequest, { fromHeaders, fromParams }: JwtRule): AccessRequest {
  const [header] = fromHeaders;
  const [param] = fromParams;
  if (header) return withHeader(request, header.name, `${header.prefix ?? ''}${tokenText}`);
  if (param !== undefined) return { ...request, target: `${request.target}?${encodeURIComponent(param)}=${tokenText}` };
  return withHeader(request, 'authorization', `Bearer ${tokenText}`);
}

function withHeader(request: AccessRequest, name: string, value: string): AccessRequest {
  return { ...request, headers: { ...request.headers, [name.toLowerCase()]: value } };
}
