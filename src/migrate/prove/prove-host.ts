import { decide } from '../../model/decide';
import { anonymous, type Caller } from '../../model/search/caller';
import { trusting } from '../../model/search/caller-keys';
import { sampleOf } from '../../model/search/host-scope';
import type { PathPattern } from '../../model/search/path-pattern';
import { patternsOf, searchHost, type HostSearch } from '../../model/search/search-host';
import { isDex } from '../issuers/dex';
import { automatonOfExpression } from '../paths/old-path-automaton';
import { foreign, oldCallers, withKeys } from './callers';
import { judgeCall, type Outcome } from './compare-call';
import type { Findings } from './findings';
import { methodGroups } from './method-groups';
import type { OldHost } from './old/old-model';
import { simulateOld, type OldDecision } from './old/simulate-old';
import { placedRequests, tokenPlaces, type PlacedRequest } from './placed-requests';
import type { ProofSettings } from './proof';
import type { Sides } from './sides';

/** Asks both states about every class of requests to a host, and notes where they differ. */
export function proveHost(sides: Sides, pattern: string, settings: ProofSettings, findings: Findings): void {
  const host = sampleOf(pattern, sides.patterns);
  const old = sides.old.hosts.get(host);
  const scope = sides.after.at(host, pattern);
  // What authors mean is not asked here, only what is in force.
  const search = searchHost({ ...scope, apiRules: [], named: [] }, [
    ...patternsOf({ ...scope, apiRules: [], objects: old ? { virtualServices: [], ...sides.old.beside } : sides.beside }),
    ...(old ? oldPatterns(old, findings) : []),
  ]);
  if (search.incomplete !== undefined) findings.leaveOpen(`host ${host}: ${search.incomplete}`);
  const places = tokenPlaces(old, search.jwtRules);
  const before = old ? oldCallers(old, sides.old, search.jwtRules, isDex) : [];
  const ask = askerOf(sides, search, old);
  const requestsOf = (caller: Caller, method: string, path: string): PlacedRequest[] =>
    placedRequests({ host, method, target: path, headers: {} }, caller, places);
  const today = todaysCallers(search);
  const groups = methodGroups(scope, old);
  for (const methods of groups) {
    const [method = 'GET'] = methods;
    for (const path of search.paths) {
      const callers = distinct([anonymous, ...before, foreign, ...today(method, path)]);
      const outcomes = callers.map((caller) => ({
        caller,
        outcomes: requestsOf(caller, method, path).map((one) => ask(one, caller)),
      }));
      const beforeOf = (caller: Caller): OldDecision[] =>
        groups.flatMap(([other = 'GET']) => requestsOf(caller, other, path).map((one) => ask(one, caller).before));
      judgeCall({ host, methods, path, sides, settings, before: beforeOf }, outcomes, findings);
    }
  }
}

/** Asks both states about one request. Hosts without old APIRule are asked what stands beside. */
function askerOf(sides: Sides, search: HostSearch, old: OldHost | undefined): (one: PlacedRequest, caller: Caller) => Outcome {
  return ({ request, facts }, caller) => ({
    before: old ? simulateOld(sides.old, request, facts) : decide(trusting(sides.beside, caller), request, facts),
    after: decide(trusting(search.scope.objects, caller), request, facts),
  });
}

/** Callers with the least that any rule of today asks for, once for each source of keys. */
function todaysCallers(search: HostSearch): (method: string, path: string) => readonly Caller[] {
  const known = new Map<Caller, readonly Caller[]>();
  return (method, path) =>
    search.callers(method, path).flatMap((caller) => {
      const found = known.get(caller) ?? withKeys(caller, search.jwtRules);
      known.set(caller, found);
      return found;
    });
}

function oldPatterns({ host, routes, checks }: OldHost, findings: Findings): PathPattern[] {
  const expressions = new Set([...routes, ...checks].map(({ expression }) => expression));
  return [...expressions].flatMap((expression): PathPattern[] => {
    const automaton = automatonOfExpression(expression);
    if (!('why' in automaton)) return [{ reads: 'automaton', name: expression, automaton }];
    findings.leaveOpen(`host ${host}: the expression ${JSON.stringify(expression)} ${automaton.text}`);
    return [];
  });
}

/** Callers each once, the first ones first, whatever the order of their members. */
function distinct(callers: readonly Caller[]): Caller[] {
  const found = new Map<string, Caller>();
  for (const caller of callers) if (!found.has(keyOf(caller))) found.set(keyOf(caller), caller);
  return [...found.values()];
}

/** Every path asks, for the same few callers. */
const keys = new WeakMap<Caller, string>();

function keyOf(caller: Caller): string {
  const { issuer, keys: signedWith, claims, headers } = caller;
  const key = keys.get(caller) ?? JSON.stringify([issuer, signedWith, Object.entries(claims).sort(), headers]);
  keys.set(caller, key);
  return key;
}
