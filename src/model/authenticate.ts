import type { TokenFact, TokenFacts } from './access';
import type { JwtRule } from './istio';
import type { JsonObject } from './json';
import type { NormalRequest } from './normalize-request';
import { tokenTextsFor } from './token-location';

/** Reasons that Envoy gives for a 401. @see envoy `source/common/jwt/status.cc` */
export const jwtProblems = {
  form: 'Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections',
  issuer: 'Jwt issuer is not configured',
} as const;

/** What the JWT filter makes of a request. */
export type Authentication =
  | { readonly kind: 'none' }
  | { readonly kind: 'accepted'; readonly claims: JsonObject }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly missing: string };

/** Token texts that the filter reads for any of the issuers, each once. */
export function tokenTexts(rules: readonly JwtRule[], request: NormalRequest): string[] {
  return [...new Set(rules.flatMap((rule) => tokenTextsFor(rule, request)))];
}

/**
 * No token passes as anonymous; a token that one issuer accepts passes with its claims; any other token is refused, whatever
 * path it is sent to. Issuers are asked in the order of their names, as Istio sorts them.
 */
export function authenticate(rules: readonly JwtRule[], request: NormalRequest, facts: TokenFacts): Authentication {
  const sorted = [...rules].sort((a, b) => (a.issuer < b.issuer ? -1 : a.issuer > b.issuer ? 1 : 0));
  const outcomes = sorted.flatMap((rule) => tokenTextsFor(rule, request).map((text) => check(rule, text, facts)));
  if (outcomes.length === 0) return { kind: 'none' };
  const unknown = outcomes.find((outcome) => outcome.kind === 'unknown');
  const accepted = outcomes.find((outcome) => outcome.kind === 'accepted');
  // A token that nobody looked at could come first and bring other claims.
  if (unknown) return unknown;
  return accepted ?? { kind: 'refused', reason: worstReason(outcomes) };
}

function check(rule: JwtRule, text: string, facts: TokenFacts): Authentication {
  const fact = facts.get(text) ?? withoutForm(text);
  if (!fact) return { kind: 'unknown', missing: 'whether a token of the request is valid is not in the input' };
  if (fact.issuer === undefined && fact.problem !== undefined) return { kind: 'refused', reason: fact.problem };
  if (fact.issuer !== rule.issuer) return { kind: 'refused', reason: jwtProblems.issuer };
  return fact.problem === undefined
    ? { kind: 'accepted', claims: { ...fact.claims, iss: fact.issuer } }
    : { kind: 'refused', reason: fact.problem };
}

function withoutForm(text: string): TokenFact | undefined {
  return text.split('.').length === 3 ? undefined : { problem: jwtProblems.form };
}

/** A reason other than the foreign issuer says more. */
function worstReason(outcomes: readonly Authentication[]): string {
  const reasons = outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.reason] : []));
  return reasons.findLast((reason) => reason !== jwtProblems.issuer) ?? jwtProblems.issuer;
}
