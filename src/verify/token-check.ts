import type { Authentication, JwtConfig } from '../model/api-rule';
import type { Severity } from '../model/check-result';
import type { JsonObject } from '../model/json';
import type { Finding } from './issuer-check';

/** A good token as it was fetched, and the rule that is to accept it. */
export interface TokenFacts {
  readonly trust: Authentication;
  readonly jwt: JwtConfig;
  readonly claims: JsonObject;
  /** What is wrong with its signature or times; `undefined` when nothing is, a text in `unverified` when it could not be checked. */
  readonly invalid?: string;
  readonly unverified?: string;
}

/** A check of the good token: data and one pure function. */
export interface TokenCheck {
  /** Stable; renaming an id is a breaking change. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly fix: string;
  readonly refs: readonly string[];
  readonly check: (facts: TokenFacts) => Finding | undefined;
}

/** A claim as a list of texts: a single text is a list of one. */
export function texts(value: unknown): string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter((item): item is string => typeof item === 'string');
}
