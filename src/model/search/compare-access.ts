import type { Decision } from '../access';
import type { Cluster } from '../cluster';
import { decide } from '../decide';
import { translate } from '../translate';
import { anonymous, requestsOf, type Caller } from './caller';
import { keyed, trusting } from './caller-keys';
import { methodsOf } from './find-holes';
import type { AccessChange } from './access-change';
import { compareInside } from './compare-inside';
import { indexHosts, sampleOf } from './host-scope';
import { patternsOf, searchHost, type HostSearch } from './search-host';

export interface AccessComparison {
  readonly changes: readonly AccessChange[];
  /** False when something was not searched to the end or cannot be told; then no change is no promise. */
  readonly complete: boolean;
  /** Why it is not complete, one sentence each. */
  readonly open: readonly string[];
}

/**
 * Compares what two states of one cluster make of every request that anything in them can tell apart. A host that only one of them names is
 * asked in the other one, too, where a wildcard may take it.
 */
export function compareAccess(before: Cluster, after: Cluster): AccessComparison {
  const objects = [translate(before), translate(after)] as const;
  const [earlier, later] = [indexHosts(before, objects[0]), indexHosts(after, objects[1])];
  const changes: AccessChange[] = [];
  const open = new Set<string>();
  const patterns = new Set([...earlier.patterns, ...later.patterns]);
  for (const pattern of patterns) {
    const host = sampleOf(pattern, patterns);
    const [one, other] = [earlier.at(host, pattern), later.at(host, pattern)];
    const searches = [searchHost(one, patternsOf(other)), searchHost(other, patternsOf(one))] as const;
    for (const { incomplete } of searches) if (incomplete !== undefined) open.add(`host ${host}: ${incomplete}`);
    changes.push(...compareHost(searches[0], searches[1], open));
  }
  changes.push(...compareInside({ cluster: before, objects: objects[0] }, { cluster: after, objects: objects[1] }, open));
  return { changes, complete: open.size === 0, open: [...open] };
}

function compareHost(before: HostSearch, after: HostSearch, open: Set<string>): AccessChange[] {
  const found = new Map<string, AccessChange>();
  for (const method of new Set([...methodsOf(before), ...methodsOf(after)])) {
    for (const path of after.paths) {
      const callers = [anonymous, ...before.callers(method, path), ...after.callers(method, path)];
      for (const caller of distinct(callers.flatMap((one) => keyed(one, before.jwtRules, after.jwtRules)))) {
        const change = compareRequest(before, after, { method, path, caller }, open);
        if (!change) continue;
        const { kind, beforeRule = '', afterRule = '' } = change;
        const key = JSON.stringify([kind, method, change.before, change.after, beforeRule, afterRule, caller]);
        if (!found.has(key)) found.set(key, change);
        // Whoever has a token can leave it out.
        if (caller.issuer === undefined && kind === 'opened') break;
      }
    }
  }
  return withoutImplied([...found.values()]);
}

/** What anybody can do is not told again for holders of tokens. */
function withoutImplied(changes: readonly AccessChange[]): AccessChange[] {
  const sayings = changes.filter(({ caller }) => caller.issuer === undefined).map(sayingOf);
  const free = new Set(sayings);
  return changes.filter((change) => change.caller.issuer === undefined || !free.has(sayingOf(change)));
}

function sayingOf({ kind, request, before, after, beforeRule, afterRule }: AccessChange): string {
  return JSON.stringify([kind, request.method, before, after, beforeRule, afterRule]);
}

function distinct(callers: readonly Caller[]): Caller[] {
  return [...new Map(callers.map((caller) => [JSON.stringify(caller), caller])).values()];
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly caller: Caller;
}

function compareRequest(
  before: HostSearch,
  after: HostSearch,
  { method, path, caller }: Call,
  open: Set<string>,
): AccessChange | undefined {
  const host = after.scope.host;
  const jwtRules = [...after.jwtRules, ...before.jwtRules];
  const requests = requestsOf({ host, method, target: path, headers: {} }, caller, jwtRules);
  for (const { request, facts } of requests) {
    const [was, is] = [before, after].map((side) => decide(trusting(side.scope.objects, caller), request, facts)) as [Decision, Decision];
    if (is.verdict === 'unknown' && !isAsked(is)) open.add(`${method} https://${host}${path}: ${is.missing ?? ''}`);
    // An authorizer may let in what nobody let in before.
    if (was.verdict === 'deny' && isAsked(is))
      open.add(`${method} https://${host}${path}: it was refused with ${was.status}, and ${outcomeOf(is).replace('is', 'is now')}`);
    const [wasText, isText] = [outcomeOf(was), outcomeOf(is)];
    if (wasText === isText) continue;
    return {
      kind: kindOf(was, is),
      request: { host, method, path },
      caller,
      before: wasText,
      after: isText,
      ...named('beforeRule', was),
      ...named('afterRule', is),
    };
  }
  return undefined;
}

function kindOf(before: Decision, after: Decision): AccessChange['kind'] {
  if (before.verdict !== 'forward' && after.verdict === 'forward') return 'opened';
  return before.verdict === 'forward' && after.verdict !== 'forward' ? 'closed' : 'altered';
}

/** What a client sees, in words. */
function outcomeOf(decision: Decision): string {
  const { verdict, status, destination, missing = '' } = decision;
  if (verdict === 'forward' && destination) return `reaches ${destination.namespace}/${destination.service}:${destination.port}`;
  if (verdict === 'unknown')
    return isAsked(decision) ? `is a matter of ${missing.replace(/^unknown because | is not in the input$/g, '')}` : 'cannot be told';
  return verdict === 'answer' ? 'is answered by the gateway' : `is refused with ${status}`;
}

function isAsked({ why }: Decision): boolean {
  return why.at(-1)?.stage === 'custom';
}

function named<K extends string>(key: K, { admittedBy, route }: Decision): { readonly [P in K]?: string } {
  const origin = admittedBy ?? route?.origin;
  return origin ? ({ [key]: `${origin.apiRule} spec.rules[${origin.rule}]` } as { readonly [P in K]: string }) : {};
}
