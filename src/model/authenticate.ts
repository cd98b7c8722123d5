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
 * No token passes as anonymous, and so do requests whose tokens one issuer accepts: all that stand where this issuer's tokens are
 * looked for. Anything else is refused, whatever path it is sent to. Issuers are asked in the order of their names, as Istio sorts them.
 */
export function authenticate(rules: readonly JwtRule[], request: NormalRequest, facts: TokenFacts): Authentication {
  const sorted = [...rules].sort((a, b) => (a.issuer < b.issuer ? -1 : a.issuer > b.issuer ? 1 : 0));
  const outcomes = sorted.map((rule) => outcomeFor(rule, tokenTextsFor(rule, request), facts));
  // A token that nobody looked at could come first and bring other claims.
  const unknown = outcomes.find((outcome) => outcome.kind === 'unknown');
  if (unknown) return unknown;
  const accepted = outcomes.find((outcome) => outcome.kind === 'accepted');
  if (accepted) return accepted;
  const reasons = outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.reason] : []));
  return reasons.length === 0 ? { kind: 'none' } : { kind: 'refused', reason: reasonOf(reasons) };
}

/** Every token at the places of one issuer, the last first; the claims are those of the first. */
function outcomeFor(rule: JwtRule, texts: readonly string[], facts: TokenFacts): Authentication {
  const outcomes = texts.map((text) => check(rule, text, facts));
  const unknown = outcomes.find(({ kind }) => kind === 'unknown');
  return unknown ?? outcomes.findLast(({ kind }) => kind === 'refused') ?? outcomes[0] ?? { kind: 'none' };
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
  return text.split('.').filter((part) => part !== '').length === 3 ? undefined : { problem: jwtProblems.form };
}

/** The last reason that is not the foreign issuer; Envoy asks once more for the first that found a token at all. */
function reasonOf(reasons: readonly string[]): string {
  const asked = reasons.length > 1 ? [...reasons, ...reasons.slice(0, 1)] : reasons;
  return asked.findLast((reason) => reason !== jwtProblems.issuer) ?? jwtProblems.issuer;
}
