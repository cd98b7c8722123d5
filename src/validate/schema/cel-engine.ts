import { Environment, type ASTNode, type ParseResult } from '@marcbachmann/cel-js';
import { serialize } from '@marcbachmann/cel-js/serialize';
import { BoundedCache } from '../../model/bounded-cache';
import { searchMatch } from '../../model/linear-regex';

/** A CEL expression that can be evaluated. */
export interface CelExpression {
  readonly run: (variables: CelVariables) => unknown;
  /** True when it looks at the earlier object, so that it is about a change. */
  readonly readsOldSelf: boolean;
}

/** What an expression may name. */
export interface CelVariables {
  readonly self: unknown;
  readonly oldSelf?: unknown;
}

/** Why an expression cannot be used: a function of Kubernetes that the engine lacks, or no CEL at all. */
export interface CelRefusal {
  readonly refused: string;
}

const environment = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false })
  .registerVariable('self', 'dyn')
  .registerVariable('oldSelf', 'dyn')
  .registerFunction('string.linearMatches(string): bool', linearMatches)
  .registerFunction('linearMatches(string, string): bool', linearMatches);

/** `matches` of CEL by RE2: finds the expression anywhere in the text and never backtracks. @see CEL language definition, "matches" */
function linearMatches(text: string, expression: string): boolean {
  const test = searchMatch(expression);
  if (test === undefined) throw new SyntaxError(`${JSON.stringify(expression)} is no expression that RE2 takes`);
  return test(text);
}

const cache = new BoundedCache<CelExpression | CelRefusal>();

/** Compiles an expression, once. */
export function celExpression(text: string): CelExpression | CelRefusal {
  return cache.get(text, () => compile(text));
}

function compile(text: string): CelExpression | CelRefusal {
  try {
    const parsed = linear(environment.parse(text));
    const checked = parsed.check();
    if (!checked.valid) return { refused: summaryOf(checked.error) };
    return { run: (variables) => parsed(variables) as unknown, readsOldSelf: nodesOf(parsed.ast).some(isOldSelf) };
  } catch (error) {
    return { refused: summaryOf(error) };
  }
}

/** The engine matches with backtracking and lets nobody replace that, so calls of `matches` are renamed before they are compiled. */
function linear(parsed: ParseResult): ParseResult {
  const calls = nodesOf(parsed.ast).filter(isMatchesCall);
  if (calls.length === 0) return parsed;
  for (const { args } of calls) args[0] = 'linearMatches';
  return environment.parse(serialize(parsed.ast));
}

interface MatchesCall {
  readonly args: [string, ...unknown[]];
}

function isMatchesCall(node: ASTNode): node is ASTNode & MatchesCall {
  return (node.op === 'call' || node.op === 'rcall') && node.args[0] === 'matches';
}

function isOldSelf(node: ASTNode): boolean {
  return node.op === 'id' && node.args === 'oldSelf';
}

/** Every node of a syntax tree. */
function nodesOf(root: unknown): ASTNode[] {
  if (Array.isArray(root)) return root.flatMap(nodesOf);
  return isNode(root) ? [root, ...nodesOf(root.args)] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** The first line of an error; the engine draws the expression below it. */
export function summaryOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? text;
}

/** The earlier value as a CEL optional, as rules with `optionalOldSelf` see it. */
export function celOptional(value: unknown): unknown {
  return value === undefined ? environment.evaluate('optional.none()', {}) : environment.evaluate('optional.of(self)', { self: value });
}

/** A duration as CEL counts with it; the text itself when it is none. */
export function celDuration(text: string): unknown {
  try {
    return environment.evaluate('duration(self)', { self: text }) as unknown;
  } catch {
    return text;
  }
}
