import { BoundedCache } from '../../model/bounded-cache';
import type { OldJwtHandler } from '../old-api-rule';
import type { PathTranslation } from '../path-translation';
import { branchesOf } from './branches';
import { comparePaths } from './compare-paths';
import { readOldPath, type OldPath } from './old-path-automaton';
import { narrowPaths, widePath, type Candidate } from './path-segments';
import type { Unread } from './regex-tree';

/** How the path of an old rule is translated. */
export interface TranslatePathSettings {
  readonly oldJwtHandler: OldJwtHandler;
  /** True when the user allows paths that take more than the old one. */
  readonly allowWidening: boolean;
}

/** More rules than a person writes for one path. */
const pathLimit = 16;

const translations = new BoundedCache<PathTranslation>();

/**
 * Finds paths of APIRule v2 that take what the path of an old rule takes, or less. They are made from the structure of the expression and
 * kept only when an automaton shows that they take nothing else.
 */
export function translatePath(path: string, settings: TranslatePathSettings): PathTranslation {
  const { oldJwtHandler, allowWidening } = settings;
  return translations.get(`${oldJwtHandler} ${String(allowWidening)} ${path}`, () => {
    const old = readOldPath(path, oldJwtHandler);
    return 'why' in old ? notRead(path, old) : translate(path, old, allowWidening);
  });
}

function notRead(path: string, { why, text }: Unread): PathTranslation {
  const quoted = JSON.stringify(path.length > 120 ? `${path.slice(0, 120)}...` : path);
  const effect = {
    invalid: 'so no gateway ever took the rule',
    large: 'and is too large to translate',
    unread: 'so its paths are not known',
  };
  return { paths: [], reason: `the expression ${quoted} ${text}, ${effect[why]}` };
}

function translate(path: string, old: OldPath, allowWidening: boolean): PathTranslation {
  const candidates = candidatesOf(old);
  const comparison = comparePaths(
    old.automaton,
    candidates.map((one) => one.path),
  );
  if (!comparison.complete) return notRead(path, { why: 'large', text: 'tells more paths apart than are searched' });
  if (!comparison.taken) return { paths: [], reason: `no request has a path that ${JSON.stringify(path)} takes`, dead: true };
  const within = comparison.fewest(comparison.within);
  const isPlain = candidates.some((one) => one.plain && comparison.within.includes(one.path));
  const paths = isPlain && within.length <= pathLimit ? ordered(within) : [];
  const { dropped, odd } = comparison.of(paths);
  if (dropped === undefined && paths.length > 0) return { paths, ...(odd !== undefined && { odd }) };
  const wider = widerPaths(old);
  if (allowWidening) return widenedTo(path, old, wider);
  const proposals = { wider, ...(!isPlain && within.length > 0 && within.length <= pathLimit && { narrower: ordered(within) }) };
  const losses = { ...(dropped !== undefined && { dropped }), ...(odd !== undefined && { odd }) };
  return { paths, ...losses, reason: reasonOf(path, paths, within.length), ...proposals };
}

/** Each path once; plain where one of its branches says so. */
function candidatesOf({ tree }: OldPath): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const one of branchesOf(tree, true).all.flatMap(narrowPaths)) {
    if (found.get(one.path)?.plain !== true) found.set(one.path, one);
  }
  return ordered([...found.keys()]).flatMap((path) => found.get(path) ?? []);
}

function reasonOf(path: string, paths: readonly string[], found: number): string {
  const quoted = JSON.stringify(path);
  if (paths.length > 0) return `an operator of APIRule v2 stands for whole segments, so ${quoted} took more than ${paths.join(' and ')}`;
  if (found > pathLimit) return `${quoted} stands for more than ${pathLimit} paths of APIRule v2`;
  return `an operator of APIRule v2 stands for whole segments, and no path takes what ${quoted} takes and nothing else`;
}

function widenedTo(path: string, old: OldPath, paths: readonly string[]): PathTranslation {
  const { dropped, odd, widened } = comparePaths(old.automaton, paths).of(paths);
  return {
    paths,
    ...(dropped !== undefined && { dropped }),
    ...(odd !== undefined && { odd }),
    ...(widened !== undefined && { widened }),
    reason: `${JSON.stringify(path)} took less than ${paths.join(' and ')}; its widening is allowed by name`,
  };
}

/** Few paths that take all that the old one takes. */
function widerPaths({ tree, automaton }: OldPath): readonly string[] {
  const { all, complete } = branchesOf(tree, false);
  const found = ordered([...new Set(all.map(widePath))]);
  const comparison = comparePaths(automaton, found);
  const covers = complete && comparison.complete && found.length <= pathLimit && comparison.of(found).dropped === undefined;
  return covers ? comparison.fewest(found) : ['/*'];
}

/** Specific before general, as the controller wants it: texts, then single segments, then any number of them. */
function ordered(paths: readonly string[]): string[] {
  const rank = (path: string): number[] => [
    path === '/*' ? 1 : 0,
    path.split('{**}').length,
    path.split('{*}').length,
    -path.split('/').length,
  ];
  return [...paths].sort((a, b) => compareRanks(rank(a), rank(b)) || (a < b ? -1 : a > b ? 1 : 0));
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  return a.reduce((found, value, at) => found || value - (b[at] ?? 0), 0);
}
