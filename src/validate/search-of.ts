import { searchCluster, type SearchResult } from '../model/search/find-holes';
import type { SetInput } from './rule';

/** The search of the whole input, made once for all rules that ask for it. */
export function searchOf({ cluster, istio, shared }: SetInput): SearchResult {
  return shared('search', () => searchCluster(cluster, istio));
}
