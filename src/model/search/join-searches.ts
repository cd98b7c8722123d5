import type { Intent } from '../intent';
import type { SearchResult } from './find-holes';

/** What is wrong in either of two states of a cluster, each once, and what rules get in the later one. */
export function joinSearches(now: SearchResult, later: SearchResult): SearchResult {
  return {
    ...later,
    holes: once([...later.holes, ...now.holes], ({ intent, kind, request }) => [...nameOf(intent), kind, request.method]),
    undecided: once([...later.undecided, ...now.undecided], ({ intent, missing }) => [...nameOf(intent), missing]),
    incomplete: once([...later.incomplete, ...now.incomplete], ({ host }) => [host]),
  };
}

function nameOf({ apiRule, index }: Intent): unknown[] {
  return [apiRule.namespace, apiRule.name, index];
}

function once<T>(items: readonly T[], keyOf: (item: T) => readonly unknown[]): T[] {
  return [...new Map([...items].reverse().map((item) => [JSON.stringify(keyOf(item)), item])).values()].reverse();
}
