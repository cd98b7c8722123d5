import { commonPath } from '../path-intersection';
import { coversPath } from './path-cover';

/**
 * What a conflict of two paths is for requests. Only `covered` is one: the earlier rule takes every path of the later one. All others are
 * false positives of the controller's check: no path belongs to both, the earlier one is the more specific one, or each takes paths that
 * the other does not.
 */
export type ConflictVerdict =
  | { readonly kind: 'covered' | 'disjoint' | 'specific-first' | 'unknown' }
  /** `common` goes to the earlier rule. */
  | { readonly kind: 'crossing'; readonly common: string };

/** Beyond this product of lengths a common path is not looked for. */
const searchLimit = 250_000;

/** Judges two paths of one method in the order in which their rules stand. */
export function conflictVerdict(earlier: string, later: string): ConflictVerdict {
  if (coversPath(earlier, later)) return { kind: 'covered' };
  if (coversPath(later, earlier)) return { kind: 'specific-first' };
  if (earlier.length * later.length > searchLimit) return { kind: 'unknown' };
  const common = commonPath(earlier, later);
  return common === undefined ? { kind: 'disjoint' } : { kind: 'crossing', common };
}
