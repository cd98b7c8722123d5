import { joinSearches } from '../model/search/join-searches';
import { searchCluster, type SearchResult } from '../model/search/find-holes';
import { translate } from '../model/translate';
import type { SetInput } from './rule';

/**
 * The search of the whole input, made once for all rules that ask for it. Where objects of the input hold only until the controller writes
 * them anew, both states are searched, so that neither an old object nor one with labels that are not its own hides what an APIRule opens.
 */
export function searchOf({ cluster, istio, later, shared }: SetInput): SearchResult {
  return shared('search', () => {
    const now = searchCluster(cluster, istio);
    return later ? joinSearches(now, searchCluster(later.cluster, translate(later.cluster))) : now;
  });
}
