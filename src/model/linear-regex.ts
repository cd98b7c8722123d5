import { RE2JS } from 're2js';
import { BoundedCache } from './bounded-cache';

/** A compiled expression that matches whole texts in linear time. */
export type FullMatch = (text: string) => boolean;

const cache = new BoundedCache<FullMatch | undefined>();

/**
 * Compiles an RE2 expression that comes from a manifest. Never backtracks, so no expression can hang the program.
 *
 * @returns `undefined` when RE2 refuses the expression.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function fullMatch(expression: string): FullMatch | undefined {
  return cache.get(expression, () => compile(expression));
}

function compile(expression: string): FullMatch | undefined {
  try {
    const compiled = RE2JS.compile(expression);
    return (text) => compiled.testExact(text);
  } catch {
    return undefined;
  }
}

/** Escapes every character that RE2 could take for an operator. */
export function escapeRegex(text: string): string {
  return RE2JS.quote(text);
}
