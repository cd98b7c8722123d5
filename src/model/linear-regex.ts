import { RE2JS } from 're2js';
import { BoundedCache } from './bounded-cache';

/** A compiled expression that matches whole texts in linear time. */
export type FullMatch = (text: string) => boolean;

/** A compiled expression that is looked for anywhere in a text, in linear time. */
export type SearchMatch = (text: string) => boolean;

const cache = new BoundedCache<FullMatch | undefined>();
const searchCache = new BoundedCache<SearchMatch | undefined>();

/**
 * Compiles an RE2 expression that comes from a manifest. Never backtracks, so no expression can hang the program.
 *
 * @returns `undefined` when RE2 refuses the expression.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function fullMatch(expression: string): FullMatch | undefined {
  return cache.get(expression, () => compile(expression));
}

/**
 * Compiles an RE2 expression that may match a part of a text, as `pattern` in a schema and `matches` in CEL do. Never backtracks.
 *
 * @returns `undefined` when RE2 refuses the expression.
 */
export function searchMatch(expression: string): SearchMatch | undefined {
  return searchCache.get(expression, () => compileSearch(expression));
}

function compileSearch(expression: string): SearchMatch | undefined {
  try {
    const compiled = RE2JS.compile(expression);
    return (text) => compiled.test(text);
  } catch {
    return undefined;
  }
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
