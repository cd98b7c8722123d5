import type { JsonObject } from '../json';
import type { Problem } from '../problem';
import { conflictVerdict, type ConflictVerdict } from './conflict-verdict';
import { acceptsOrder, type PathConflict, type PathRule } from './path-conflict';

/** A rule of an APIRule as it is listed there. */
export interface ListedRule extends PathRule {
  readonly entry: JsonObject;
}

/** An earlier rule that the controller takes for colliding, and what there is to it. */
interface Collision {
  readonly index: number;
  readonly rule: ListedRule;
  readonly verdict: ConflictVerdict;
}

const worstFirst = ['covered', 'unknown', 'crossing', 'specific-first', 'disjoint'] as const;
/** More earlier rules than anybody reads about. */
const namedRules = 3;

/** One problem for all conflicts of one rule: with whom, whether it is one for any request, and what to do about it. */
export function conflictReport(rules: readonly ListedRule[], index: number, conflicts: readonly PathConflict[]): Problem {
  const later = rules[index];
  const path = ['spec', 'rules', index, 'path'];
  const collisions = later ? collisionsOf(rules, later, conflicts) : [];
  const named = collisions.slice(0, namedRules).map(({ index: at, rule }) => `spec.rules[${at}] "${rule.path}"`);
  const more = collisions.length > namedRules ? ` and ${collisions.length - namedRules} more` : '';
  const methods = conflicts.map(({ method }) => method).join(', ');
  const [worst] = collisions;
  const refusal = `"${later?.path ?? ''}" with ${methods} conflicts, for the controller, with ${named.join(', ')}${more}, so it refuses the APIRule`;
  return {
    id: 'api-rule-path-conflict',
    path,
    message: worst && later ? `${refusal}; ${reasonOf(worst)}` : refusal,
    ...(worst && later && { fix: workAround(worst, later, index) }),
    says: conflicts.map(({ says }) => says).join('\n'),
  };
}

function collisionsOf(rules: readonly ListedRule[], later: ListedRule, conflicts: readonly PathConflict[]): Collision[] {
  const indexes = [...new Set(conflicts.flatMap(({ earlier }) => earlier))].sort((a, b) => a - b);
  const collisions = indexes.flatMap((index): Collision[] => {
    const rule = rules[index];
    return rule ? [{ index, rule, verdict: conflictVerdict(rule.path, later.path) }] : [];
  });
  return collisions.sort((a, b) => worstFirst.indexOf(a.verdict.kind) - worstFirst.indexOf(b.verdict.kind));
}

function reasonOf({ index, verdict }: Collision): string {
  const falsePositive = "this is a false positive of the controller's check";
  switch (verdict.kind) {
    case 'covered':
      return `spec.rules[${index}] takes every path of this rule, so no request would ever reach it`;
    case 'disjoint':
      return `${falsePositive}: no request path belongs to both rules`;
    case 'specific-first':
      return `${falsePositive}: spec.rules[${index}] is the more specific one and stands first, as it should`;
    case 'crossing':
      return `${falsePositive}: each rule takes paths that the other does not; what both take, such as ${verdict.common}, goes to spec.rules[${index}]`;
    case 'unknown':
      return 'whether requests are affected cannot be told for paths as long as these';
  }
}

/** What makes the controller accept the APIRule, the change that alters least first. No rule is dropped unless another one answers alike. */
function workAround({ index, rule, verdict }: Collision, later: ListedRule, own: number): string {
  const swappable = acceptsOrder([later.path, rule.path]);
  const swap = `put spec.rules[${own}] before spec.rules[${index}]`;
  if (verdict.kind === 'covered' && answersAlike(later, rule)) return dropOf(own, index);
  if (verdict.kind === 'covered' && swappable) return swap;
  if (verdict.kind === 'disjoint' && swappable) return `${swap}; nothing else changes by that`;
  if (verdict.kind === 'specific-first' && answersAlike(rule, later)) return dropOf(index, own);
  const deeper = deeperSpelling(rule.path, later.path);
  const spelling = deeper === undefined ? 'spell one of them with other segments' : `write "${deeper}" for the paths below`;
  return `${spelling}, or give the two rules different methods`;
}

function dropOf(dropped: number, kept: number): string {
  return `drop spec.rules[${dropped}]: spec.rules[${kept}] answers its requests in the same way`;
}

/** True when the second rule, which takes all paths of the first, also takes its methods and asks for the same. */
function answersAlike(one: ListedRule, other: ListedRule): boolean {
  const withoutPath = ({ entry: { path: _path, methods: _methods, ...rest } }: ListedRule): string =>
    JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
  return one.methods.every((method) => other.methods.includes(method)) && withoutPath(one) === withoutPath(other);
}

/** `/a/{*}` before `/a/{**}`: what is left for the second one is what lies below one segment. */
function deeperSpelling(earlier: string, later: string): string | undefined {
  if (!earlier.endsWith('/{*}') || later !== `${earlier.slice(0, -'/{*}'.length)}/{**}`) return undefined;
  const deeper = `${earlier}/{**}`;
  return acceptsOrder([earlier, deeper]) ? deeper : undefined;
}
