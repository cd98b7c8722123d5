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
import { oldHostAt, type OldHost } from './old/old-model';
import { simulateOld, type OldDecision } from './old/simulate-old';
import { placedRequests, tokenPlaces, type PlacedRequest } from './placed-requests';
import type { ProofSettings } from './proof';
import type { Sides } from './sides';

/** Comparisons of requests with policies that the search of one host may take in all, which is seconds. */
const comparisonLimit = 10_000_000;

/** Asks both states about every class of requests to a host, and notes where they differ. */
export function proveHost(sides: Sides, pattern: string, settings: ProofSettings, findings: Findings): void {
  const host = sampleOf(pattern, sides.patterns);
  const search = searchOf(sides, host, pattern, findings);
  const old = oldHostAt(sides.old, host);
  const groups = methodGroups(search.scope, old);
  const callers = callersOf(sides, search, old);
  const { before, both } = askersOf(sides, search, old);
  let comparisons = 0;
  for (const methods of groups) {
    const [method = 'GET'] = methods;
    for (const path of search.paths) {
      const outcomes = callers(method, path).map((caller) => ({ caller, outcomes: both(caller, method, path) }));
      comparisons += outcomes.length * (1 + search.scope.objects.authorizationPolicies.length);
      if (comparisons > comparisonLimit) {
        findings.leaveOpen(`host ${host}: its rules tell more requests apart than are searched`);
        return;
      }
      const beforeOf = (caller: Caller): OldDecision[] => groups.flatMap(([other = 'GET']) => before(caller, other, path));
      judgeCall({ host, methods, path, sides, settings, before: beforeOf }, outcomes, findings);
    }
  }
}

/** Classes of paths, and what decides about them today; what authors mean is not asked here, only what is in force. */
function searchOf(sides: Sides, host: string, pattern: string, findings: Findings): HostSearch {
  const old = oldHostAt(sides.old, host);
  const scope = { ...sides.after.at(host, pattern), apiRules: [], named: [] };
  const objects = old ? { virtualServices: [], ...sides.old.beside } : sides.beside;
  const search = searchHost(scope, [...patternsOf({ ...scope, objects }), ...(old ? oldPatterns(old, findings) : [])]);
  if (search.incomplete !== undefined) findings.leaveOpen(`host ${host}: ${search.incomplete}`);
  return search;
}

/** Who may be treated differently on a path, whoever needs least first. */
function callersOf(sides: Sides, search: HostSearch, old: OldHost | undefined): (method: string, path: string) => readonly Caller[] {
  const before = old ? oldCallers(old, sides.old, search.jwtRules, isDex) : () => [];
  const today = todaysCallers(search);
  return (method, path) => distinct([anonymous, ...before(path), foreign, ...today(method, path)]);
}

interface Askers {
  readonly before: (caller: Caller, method: string, path: string) => OldDecision[];
  readonly both: (caller: Caller, method: string, path: string) => Outcome[];
}

/** Asks the states about the requests of a caller, one for each place of its token. Hosts without old APIRule are asked what stands beside. */
function askersOf(sides: Sides, { scope, jwtRules }: HostSearch, old: OldHost | undefined): Askers {
  const places = tokenPlaces(old, jwtRules);
  const requestsOf = (caller: Caller, method: string, target: string): PlacedRequest[] =>
    placedRequests({ host: scope.host, method, target, headers: {} }, caller, places);
  const was = ({ request, facts }: PlacedRequest, caller: Caller): OldDecision =>
    old ? simulateOld(sides.old, request, facts) : decide(trusting(sides.beside, caller), request, facts);
  return {
    before: (caller, method, path) => requestsOf(caller, method, path).map((one) => was(one, caller)),
    both: (caller, method, path) =>
      requestsOf(caller, method, path).map((one) => ({
        before: was(one, caller),
        after: decide(trusting(scope.objects, caller), one.request, one.facts),
      })),
  };
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
