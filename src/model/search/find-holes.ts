import type { Decision } from '../access';
import type { Cluster } from '../cluster';
import type { Intent } from '../intent';
import type { IstioObjects } from '../istio';
import { anonymous, type Caller } from './caller';
import { crossingsOf, type Crossing } from './crossings';
import { hostScopes } from './host-scope';
import { ruleReaches, type RuleReach } from './rule-reach';
import { isAccepted, searchHost, type HostSearch } from './search-host';
import { spellingsOf, type Spelling } from './spellings';

/** Why a request should not have got in. */
export type HoleKind = 'anonymous' | 'foreign-issuer' | 'missing-claims';

/** A request whose rule is protected and that reaches the workload without what the rule asks for. */
export interface Hole {
  readonly kind: HoleKind;
  readonly intent: Intent;
  readonly request: { readonly host: string; readonly method: string; readonly path: string };
  readonly caller: Caller;
  readonly decision: Decision;
}

/** What a search of a cluster finds. */
export interface SearchResult {
  /** The first witness for each rule, kind of hole and rule that lets it in. */
  readonly holes: readonly Hole[];
  /** Requests to protected rules of which the input does not tell what becomes of them, one for each rule and reason. */
  readonly undecided: readonly { readonly intent: Intent; readonly request: Hole['request']; readonly missing: string }[];
  /** Hosts that were not searched to the end. */
  readonly incomplete: readonly { readonly host: string; readonly why: string; readonly search: HostSearch }[];
  /** What each rule gets of the requests that it speaks about. */
  readonly reaches: readonly RuleReach[];
  readonly crossings: readonly Crossing[];
  readonly spellings: readonly Spelling[];
}

/** Holes and rules that get nothing, without what the others get: what constructs ask, for each of thousands of APIRules. */
export function searchOrder(cluster: Cluster, objects: IstioObjects): Pick<SearchResult, 'holes' | 'reaches'> {
  const searches = [...hostScopes(cluster, objects)].map((scope) => searchHost(scope));
  return {
    holes: searches.flatMap((search) => findHoles(search).holes),
    reaches: searches.flatMap((search) => ruleReaches(search, false)),
  };
}

/** Looks at every host, method, class of paths and caller that anything in the input can tell apart. */
export function searchCluster(cluster: Cluster, objects: IstioObjects): SearchResult {
  const holes: Hole[] = [];
  const undecided: SearchResult['undecided'][number][] = [];
  const incomplete: SearchResult['incomplete'][number][] = [];
  const reaches: RuleReach[] = [];
  const crossings: Crossing[] = [];
  const spellings: Spelling[] = [];
  for (const scope of hostScopes(cluster, objects)) {
    const search = searchHost(scope);
    if (search.incomplete !== undefined) incomplete.push({ host: scope.host, why: search.incomplete, search });
    const found = findHoles(search);
    holes.push(...found.holes);
    undecided.push(...found.undecided);
    const reached = ruleReaches(search);
    reaches.push(...reached);
    crossings.push(...crossingsOf(search));
    spellings.push(...spellingsOf(search, reached));
  }
  return { holes, undecided, incomplete, reaches, crossings, spellings };
}

/** The methods that the rules of a host name. CONNECT reaches no route. */
export function methodsOf({ scope }: HostSearch): string[] {
  const methods = new Set(scope.apiRules.flatMap(({ rules }) => rules.flatMap((rule) => rule.methods)));
  return [...methods].filter((method) => method !== 'CONNECT');
}

function findHoles(search: HostSearch): Pick<SearchResult, 'holes' | 'undecided'> {
  const holes = new Map<string, Hole>();
  const undecided = new Map<string, SearchResult['undecided'][number]>();
  for (const method of methodsOf(search)) {
    for (const path of search.paths) {
      const intent = search.intent(method, path);
      if (!intent || intent.rule.access.kind === 'noAuth') continue;
      const request = { host: search.scope.host, method, path };
      for (const caller of [anonymous, ...search.callers(method, path)]) {
        if (isGood(intent, caller)) continue;
        for (const decision of search.decideFor(method, path, caller)) {
          if (decision.verdict === 'forward') keep(holes, holeOf(intent, request, caller, decision));
          else if (isOpenQuestion(decision)) keepQuestion(undecided, { intent, request, missing: decision.missing ?? '' });
          else if (isLeftToAuthorizer(intent, caller, decision))
            keepQuestion(undecided, {
              intent,
              request,
              missing: `${decision.missing ?? ''}, and without a token that the rule asks for it alone decides`,
            });
        }
      }
    }
  }
  return { holes: [...holes.values()], undecided: [...undecided.values()] };
}

/** What an external authorizer lets in is its own business, so nobody is good by claims alone there. */
function isGood({ rule }: Intent, caller: Caller): boolean {
  return rule.access.kind === 'jwt' && isAccepted(rule, caller);
}

/** An external authorizer that is asked is what the author wanted. */
function isOpenQuestion({ verdict, why }: Decision): boolean {
  return verdict === 'unknown' && why.at(-1)?.stage !== 'custom';
}

/** The rule asks for a token, and what would refuse a call without it is an authorizer alone: of another rule, or of a weaker part. */
function isLeftToAuthorizer({ rule }: Intent, caller: Caller, { verdict, why }: Decision): boolean {
  return verdict === 'unknown' && why.at(-1)?.stage === 'custom' && !isAccepted(rule, caller);
}

function holeOf(intent: Intent, request: Hole['request'], caller: Caller, decision: Decision): Hole {
  const { access } = intent.rule;
  const issuers = access.kind === 'jwt' ? access.jwt.authentications.map(({ issuer }) => issuer) : [];
  const kind = caller.issuer === undefined ? 'anonymous' : issuers.includes(caller.issuer) ? 'missing-claims' : 'foreign-issuer';
  return { kind, intent, request, caller, decision };
}

function keep(holes: Map<string, Hole>, hole: Hole): void {
  const { intent, kind, decision, request } = hole;
  const key = JSON.stringify([
    intent.apiRule.namespace,
    intent.apiRule.name,
    intent.index,
    kind,
    decision.admittedBy ?? null,
    request.method,
  ]);
  if (!holes.has(key)) holes.set(key, hole);
}

function keepQuestion(undecided: Map<string, SearchResult['undecided'][number]>, question: SearchResult['undecided'][number]): void {
  const { intent, missing } = question;
  const key = JSON.stringify([intent.apiRule.namespace, intent.apiRule.name, intent.index, missing]);
  if (!undecided.has(key)) undecided.set(key, question);
}
