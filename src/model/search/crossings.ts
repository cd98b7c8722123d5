import type { Rule } from '../api-rule';
import type { Intent } from '../intent';
import { meaningMatcher } from '../path-template';
import type { HostSearch } from './search-host';

/** A weaker rule that takes a part of what a later protected rule names, although neither is a special case of the other. */
export interface Crossing {
  readonly open: Intent;
  readonly closed: Intent;
  readonly method: string;
  /** A path that both take; it is open, or left to an authorizer alone. */
  readonly path: string;
}

/** Finds rules whose paths cross: which of them the author meant for the common part is anybody's guess, and the first one decides. */
export function crossingsOf({ scope, paths }: HostSearch): Crossing[] {
  return scope.named.flatMap((apiRule) => {
    const taken = apiRule.rules.map(({ path }) => takenBy(path, paths));
    return apiRule.rules.flatMap((open, first) =>
      apiRule.rules.flatMap((closed, later): Crossing[] => {
        if (later <= first || !isWeaker(open, closed)) return [];
        const method = open.methods.find((name) => closed.methods.includes(name));
        const path = crossing(taken[first] ?? [], taken[later] ?? [], paths);
        if (method === undefined || path === undefined || isTakenBefore(apiRule.rules, taken, first, paths.indexOf(path), method))
          return [];
        return [{ open: { apiRule, rule: open, index: first }, closed: { apiRule, rule: closed, index: later }, method, path }];
      }),
    );
  });
}

/** Public beside protected, or a rule that asks for no token beside one that does. */
function isWeaker({ access: open }: Rule, { access: closed }: Rule): boolean {
  if (open.kind === 'noAuth') return closed.kind !== 'noAuth';
  return open.kind === 'extAuth' && open.restrictions === undefined && closed.kind === 'jwt';
}

function takenBy(path: string, paths: readonly string[]): boolean[] {
  const matches = meaningMatcher(path);
  return paths.map(matches);
}

/** A common path, if each also takes a path that the other does not. */
function crossing(open: readonly boolean[], closed: readonly boolean[], paths: readonly string[]): string | undefined {
  const common = paths.find((_, at) => open[at] === true && closed[at] === true);
  const onlyOpen = open.some((is, at) => is && closed[at] !== true);
  const onlyClosed = closed.some((is, at) => is && open[at] !== true);
  return onlyOpen && onlyClosed ? common : undefined;
}

/** An author who put a rule before both has spoken about the common path. */
function isTakenBefore(rules: readonly Rule[], taken: readonly boolean[][], first: number, at: number, method: string): boolean {
  return rules.some((rule, index) => index < first && rule.methods.includes(method) && taken[index]?.[at] === true);
}
