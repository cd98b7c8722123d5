import { decide } from '../../model/decide';
import { anonymous, type Caller } from '../../model/search/caller';
import { trusting } from '../../model/search/caller-keys';
import { sampleOf } from '../../model/search/host-scope';
import type { PathPattern } from '../../model/search/path-pattern';
import { searchHost, type HostSearch } from '../../model/search/search-host';
import { isDex } from '../issuers/dex';
import { automatonOfExpression } from '../paths/old-path-automaton';
import { foreign, oldCallers, withKeys } from './callers';
import { judgeCall, type Outcome } from './compare-call';
import type { Findings } from './findings';
import { methodGroups } from './method-groups';
import type { OldHost } from './old/old-model';
import { simulateOld } from './old/simulate-old';
import { placedRequests, tokenPlaces, type PlacedRequest } from './placed-requests';
import type { ProofSettings } from './proof';
import type { Sides } from './sides';

/** Asks both states about every class of requests to a host, and notes where they differ. */
export function proveHost(sides: Sides, pattern: string, settings: ProofSettings, findings: Findings): void {
  const host = sampleOf(pattern, sides.patterns);
  const old = sides.old.hosts.get(host);
  const scope = sides.after.at(host, pattern);
  const search = searchHost(scope, old ? oldPatterns(old, findings) : []);
  if (search.incomplete !== undefined) findings.leaveOpen(`host ${host}: ${search.incomplete}`);
  const places = tokenPlaces(old, search.jwtRules);
  const before = old ? oldCallers(old, sides.old, search.jwtRules, isDex) : [];
  const ask = askerOf(sides, search, old);
  const requestsOf = (caller: Caller, method: string, path: string): PlacedRequest[] =>
    placedRequests({ host, method, target: path, headers: {} }, caller, places);
  const groups = methodGroups(scope, old);
  for (const methods of groups) {
    const [method = 'GET'] = methods;
    for (const path of search.paths) {
      const callers = distinct([anonymous, ...before, foreign, ...todaysCallers(search, method, path)]);
      const outcomes = callers.map((caller) => ({
        caller,
        outcomes: requestsOf(caller, method, path).map((one) => ask(one, caller)),
      }));
      const enteredBefore = (caller: Caller): boolean =>
        groups.some(([other = 'GET']) => requestsOf(caller, other, path).some((one) => ask(one, caller).before.verdict === 'forward'));
      judgeCall({ host, methods, path, sides, settings, enteredBefore }, outcomes, findings);
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
function todaysCallers(search: HostSearch, method: string, path: string): Caller[] {
  return search.callers(method, path).flatMap((caller) => withKeys(caller, search.jwtRules));
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
  for (const caller of callers) {
    const { issuer, keys, claims, headers } = caller;
    const key = JSON.stringify([issuer, keys, Object.entries(claims).sort(), headers]);
    if (!found.has(key)) found.set(key, caller);
  }
  return [...found.values()];
}
