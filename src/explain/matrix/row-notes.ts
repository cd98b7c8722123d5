import { decide } from '../../model/decide';
import type { HostSearch } from '../../model/search/search-host';
import { barePercentText, hasBarePercent } from '../odd-path';
import type { Cell } from './cell';

/** What a reader should know of one row. */
export function rowNotes(search: HostSearch, cell: Cell, isPart: boolean): string[] {
  const { callers } = cell.detail;
  const shared = callers.some(({ issuers, scopes, audiences }) => issuers.length > 1 && scopes.length + audiences.length > 0);
  return [
    ...(isPart && hasBarePercent(cell.path) ? [barePercentText] : []),
    ...(shared ? ['scopes and audiences belong to the rule: a token of each of these issuers may carry them'] : []),
    ...(isOpenInside(search, cell) ? ['callers inside the cluster get in without a token'] : []),
  ];
}

/** Whether a caller in the cluster without identity gets through to the workload. Told only where callers from outside do not. */
function isOpenInside({ scope }: HostSearch, { method, path, access, decision: { destination } }: Cell): boolean {
  if (!destination || access === 'public') return false;
  const host = `${destination.service}.${destination.namespace}`;
  return decide(scope.objects, { host, method, target: path, headers: {}, caller: '' }, new Map()).verdict === 'forward';
}
