import type { AccessRequest, Decision } from '../access';
import type { ApiRule, Rule } from '../api-rule';
import { decide } from '../decide';
import type { Intent } from '../intent';
import type { JwtRule, PolicyRule } from '../istio';
import { matchesOperation, matchesRule } from '../match-policy';
import { meaningMatcher, type PathMatcher } from '../path-template';
import { ingressPrincipal } from '../mesh';
import { readRequest } from '../normalize-request';
import { hostMatches } from '../route-request';
import { demandsOf } from '../translate-policies';
import { leastCallers, requestsOf, type Caller } from './caller';
import type { HostScope } from './host-scope';
import { BoundedCache } from '../bounded-cache';
import { pathClasses, type PathClasses } from './path-classes';
import { patternAutomaton, patternKey, type PathPattern } from './path-pattern';

/** Methods, paths and callers of one host, as far as anything can tell them apart. */
export interface HostSearch {
  readonly scope: HostScope;
  /** One path for each class of paths that routes, policies and rules treat alike. */
  readonly paths: readonly string[];
  /** Why the search did not see everything; absent when it did. */
  readonly incomplete?: string;
  /** Issuers whose tokens a workload of the host accepts. */
  readonly jwtRules: readonly JwtRule[];
  /** The rule whose author spoke about a request, as `intentOf` says, for one of `paths`. */
  readonly intent: (method: string, path: string) => Intent | undefined;
  /** True when the path of a rule, as its author means it, takes one of `paths`. */
  readonly takes: (rulePath: string, path: string) => boolean;
  /** Callers with the least that any policy asks for which may admit such a request. */
  readonly callers: (method: string, path: string) => readonly Caller[];
  /** What becomes of a request of a caller, wherever the token stands. */
  readonly decideFor: (method: string, path: string, caller: Caller) => readonly Decision[];
}

/** Prepares the search of one host. */
export function searchHost(scope: HostScope, more: readonly PathPattern[] = []): HostSearch {
  const { objects, host } = scope;
  const patterns = distinctPatterns([...patternsOf(scope), ...more]);
  const found = patterns.some((pattern) => patternKey(pattern).length > pathLimit) ? unsearched : classesOf(patterns);
  const opaque = found.opaque;
  const affordable = affordablePaths(objects);
  const classes = found.classes.slice(0, affordable);
  const complete = found.complete && classes.length === found.classes.length;
  const incomplete = complete
    ? opaque
      ? 'a hand-made route has an expression that is not searched'
      : undefined
    : found === unsearched
      ? `a path has more than ${pathLimit} characters`
      : 'its rules tell more paths apart than are searched';
  const jwtRules = objects.requestAuthentications.flatMap((authentication) => authentication.jwtRules);
  const issuers = [...new Set(jwtRules.map(({ issuer }) => issuer))];
  const policyRules = objects.authorizationPolicies.filter(({ action }) => action === 'ALLOW').flatMap(({ rules }) => rules);
  const requestTo = (method: string, path: string): AccessRequest => ({ host, method, target: path, headers: {} });
  return {
    scope,
    paths: classes.map(({ path }) => path),
    ...(incomplete !== undefined && { incomplete }),
    jwtRules,
    intent: intentFinder(scope),
    takes: (rulePath, path) => meaningMatcher(rulePath)(path),
    callers: callerFinder(scope, policyRules, issuers),
    decideFor: (method, path, caller) =>
      requestsOf(requestTo(method, path), caller, jwtRules).map(({ request, facts }) => decide(objects, request, facts)),
  };
}

/** Characters of a path that is searched; gateways take no request line much longer. */
const pathLimit = 8_192;

const unsearched: Classes = { classes: [], complete: false, opaque: false };

/** Comparisons of one path that a search may take in all, which is seconds. */
const comparisonLimit = 40_000_000;

/** How many paths may be decided on: each is compared with every path of every policy. Real hosts are far below. */
function affordablePaths({ authorizationPolicies }: HostScope['objects']): number {
  const operations = authorizationPolicies.flatMap(({ rules }) => rules.flatMap(({ to }) => to));
  const compared = operations.reduce((sum, { paths = [], notPaths = [] }) => sum + paths.length + notPaths.length, 1);
  return Math.max(10, Math.floor(comparisonLimit / compared / 10));
}

interface Classes extends PathClasses {
  /** True when an expression of a hand-made route is among the patterns. */
  readonly opaque: boolean;
}

/** Hosts often have the same rules, and then the same classes. */
const classCache = new BoundedCache<Classes>(200);

function classesOf(patterns: readonly PathPattern[]): Classes {
  return classCache.get(patterns.map(patternKey).join('\n'), () => {
    const automata = patterns.map(patternAutomaton);
    const opaque = patterns.some((pattern, index) => !automata[index] && !isRefused(pattern));
    return { ...pathClasses(automata.flatMap((automaton) => automaton ?? [])), opaque };
  });
}

/** Every reading of a path that routes, policies and rules of a host have. */
export function patternsOf({ objects, apiRules, host }: HostScope): PathPattern[] {
  const routes = objects.virtualServices.flatMap(({ http }) => http.map(({ uri }): PathPattern => ({ reads: 'route', uri })));
  const meanings = apiRules.flatMap(({ rules }) => rules.map(({ path }): PathPattern => ({ reads: 'meaning', path })));
  const operations = objects.authorizationPolicies.flatMap(({ rules }) => rules.flatMap(({ to }) => to));
  const here = operations.filter(
    ({ hosts }) => hosts === undefined || hosts.some((pattern) => hostMatches(pattern.toLowerCase(), host) || pattern.includes('*')),
  );
  const policies = here.flatMap(({ paths = [], notPaths = [] }) => [...paths, ...notPaths]);
  return [...routes, ...meanings, ...policies.map((text): PathPattern => ({ reads: 'policy', text }))];
}

/** True when a caller has what a rule itself asks for. */
export function isAccepted(rule: Rule, caller: Caller): boolean {
  const { issuer, claims, headers } = caller;
  const request = readRequest({ host: '', method: 'GET', target: '/', headers });
  if ('refused' in request) return false;
  const input = { request, principal: ingressPrincipal, ...(issuer === undefined ? {} : { claims: { ...claims, iss: issuer } }) };
  return rememberedDemands(rule).some((demand) => matchesRule(demand, input) === true);
}

const demands = new WeakMap<Rule, readonly PolicyRule[]>();

function rememberedDemands(rule: Rule): readonly PolicyRule[] {
  const known = demands.get(rule) ?? demandsOf(rule);
  demands.set(rule, known);
  return known;
}

/** The callers with the least that a rule itself asks for. */
export function goodCallers(rule: Rule, jwtRules: readonly JwtRule[]): Caller[] {
  const issuers = [...new Set(jwtRules.map(({ issuer }) => issuer))];
  return rememberedDemands(rule).flatMap((demand) => leastCallers(demand, issuers));
}

/** An invalid expression of a rule: Istio refuses the whole object, which `decide` knows. */
function isRefused(pattern: PathPattern): boolean {
  return pattern.reads === 'route' && pattern.uri.kind === 'regex' && pattern.uri.value.startsWith('^/');
}

function distinctPatterns(patterns: readonly PathPattern[]): PathPattern[] {
  return [...new Map(patterns.map((pattern) => [patternKey(pattern), pattern])).values()];
}

function intentFinder({ apiRules }: HostScope): HostSearch['intent'] {
  const matchers = apiRules.map((apiRule) => apiRule.rules.map(({ path }) => meaningMatcher(path)));
  const known = new Map<string, Intent | undefined>();
  return (method, path) => {
    const key = `${method} ${path}`;
    if (known.has(key)) return known.get(key);
    const intent = findIntent(apiRules, matchers, method, path);
    known.set(key, intent);
    return intent;
  };
}

function findIntent(
  apiRules: readonly ApiRule[],
  matchers: readonly (readonly PathMatcher[])[],
  method: string,
  path: string,
): Intent | undefined {
  for (const [a, apiRule] of apiRules.entries()) {
    const index = apiRule.rules.findIndex(({ methods }, r) => methods.includes(method) && (matchers[a]?.[r]?.(path) ?? false));
    const rule = apiRule.rules[index];
    if (rule) return { apiRule, rule, index };
  }
  return undefined;
}

function callerFinder({ host }: HostScope, rules: readonly PolicyRule[], issuers: readonly string[]): HostSearch['callers'] {
  const withCallers = rules.map((rule) => ({ rule, callers: leastCallers(rule, issuers) }));
  return (method, path) => {
    const request = readRequest({ host, method, target: path, headers: {} });
    if ('refused' in request) return [];
    const near = withCallers.filter(
      ({ rule: { to } }) => to.length === 0 || to.some((operation) => matchesOperation(operation, request) !== false),
    );
    return [...new Map(near.flatMap(({ callers }) => callers).map((caller) => [JSON.stringify(caller), caller])).values()];
  };
}
