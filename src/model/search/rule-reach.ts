import type { Decision } from '../access';
import type { ApiRule } from '../api-rule';
import type { Intent } from '../intent';
import { anonymous } from './caller';
import { goodCallers, type HostSearch } from './search-host';

/** What one rule gets, for one of its methods. */
export interface RuleReach {
  readonly apiRule: ApiRule;
  readonly index: number;
  readonly method: string;
  readonly host: string;
  /** A path that the rule is the first to speak about; absent when earlier rules speak about all of its paths. */
  readonly meant?: string;
  /** Such a path whose request a caller with all that the rule asks for gets through with; absent when there is none. */
  readonly served?: string;
  /** Such a path on which even that caller is refused by policies. */
  readonly refused?: { readonly path: string; readonly decision: Decision };
  /** True when the input does not tell for some path. */
  readonly open: boolean;
  /** Rule that takes its paths first, where none is left. */
  readonly takenBy?: Intent;
}

/**
 * Follows the requests of a good caller for every rule and method of a host.
 * @param withServing false leaves out what becomes of the requests. @default true
 */
export function ruleReaches(search: HostSearch, withServing = true): RuleReach[] {
  return search.scope.named.flatMap((apiRule) =>
    apiRule.rules.flatMap((rule, index) =>
      [...new Set(rule.methods)]
        .filter((method) => method !== 'CONNECT')
        .map((method) => reachOf(search, apiRule, index, method, withServing)),
    ),
  );
}

function reachOf(search: HostSearch, apiRule: ApiRule, index: number, method: string, withServing: boolean): RuleReach {
  const host = search.scope.host;
  const mine = search.paths.filter((path) => isMeant(search.intent(method, path), apiRule, index));
  const judge = withServing ? judgeOf(search, apiRule, index) : undefined;
  const judged = judge ? mine.map((path) => ({ path, decision: judge(method, path) })) : [];
  const served = judged.find(({ decision }) => decision?.verdict === 'forward' || isAsked(decision));
  // Characters that only some readings of a path know, as brackets, are nobody's business.
  const refused = judged.find(({ path, decision }) => decision?.status === 403 && !/[[\]]/.test(path));
  return {
    ...{ apiRule, index, method, host },
    ...(mine[0] !== undefined && { meant: mine[0] }),
    ...(served && { served: served.path }),
    ...(refused?.decision && { refused: { path: refused.path, decision: refused.decision } }),
    open: judged.some(({ decision }) => decision?.verdict === 'unknown' && !isAsked(decision)),
    ...(mine.length === 0 && takenBy(search, apiRule, index, method)),
  };
}

function isMeant(intent: Intent | undefined, apiRule: ApiRule, index: number): boolean {
  return intent?.apiRule === apiRule && intent.index === index;
}

/** The best that any caller gets who has all that the rule asks for. */
function judgeOf(search: HostSearch, apiRule: ApiRule, index: number): (method: string, path: string) => Decision | undefined {
  const rule = apiRule.rules[index];
  const callers = !rule ? [] : rule.access.kind === 'noAuth' ? [anonymous] : goodCallers(rule, search.jwtRules);
  return (method, path) => {
    let best: Decision | undefined;
    for (const caller of callers) {
      for (const decision of search.decideFor(method, path, caller)) {
        if (decision.verdict === 'forward') return decision;
        if (!best || decision.verdict === 'unknown') best = decision;
      }
    }
    return best;
  };
}

function isAsked(decision: Decision | undefined): boolean {
  return decision?.verdict === 'unknown' && decision.why.at(-1)?.stage === 'custom';
}

function takenBy(search: HostSearch, apiRule: ApiRule, index: number, method: string): Pick<RuleReach, 'takenBy'> {
  const path = apiRule.rules[index]?.path ?? '';
  const intents = search.paths
    .filter((candidate) => search.takes(path, candidate))
    .flatMap((candidate) => search.intent(method, candidate) ?? []);
  return intents[0] ? { takenBy: intents[0] } : {};
}
