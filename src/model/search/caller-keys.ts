import type { IstioObjects, JwtRule } from '../istio';
import { keySourceOf } from '../key-source';
import type { Caller } from './caller';

/**
 * A caller once for each source of keys that either of two states trusts for the issuer. A token is signed with the keys of one of them, and
 * where only that one counts, others are refused.
 */
export function keyed(caller: Caller, before: readonly JwtRule[], after: readonly JwtRule[]): Caller[] {
  const { issuer } = caller;
  if (issuer === undefined) return [caller];
  const [were, are] = [before, after].map((rules) => sourcesOf(rules, issuer)) as [Set<string>, Set<string>];
  const all = new Set([...were, ...are]);
  // Where one state trusts nobody of that name, all tokens of the other one are alike.
  if (all.size <= 1) return [caller];
  return [...all].map((keys) => ({ ...caller, keys }));
}

function sourcesOf(rules: readonly JwtRule[], issuer: string): Set<string> {
  return new Set(rules.filter((rule) => rule.issuer === issuer).map(keySourceOf));
}

/** The objects as they look at a token of a caller: entries of its issuer with other keys do not accept it. */
export function trusting(objects: IstioObjects, { issuer, keys }: Caller): IstioObjects {
  if (keys === undefined) return objects;
  const requestAuthentications = objects.requestAuthentications.map((authentication) => ({
    ...authentication,
    jwtRules: authentication.jwtRules.map((rule) =>
      rule.issuer === issuer && keySourceOf(rule) !== keys ? { ...rule, issuer: `${rule.issuer} with other keys` } : rule,
    ),
  }));
  return { ...objects, requestAuthentications };
}
