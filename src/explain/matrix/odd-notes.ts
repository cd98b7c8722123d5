import type { HostSearch } from '../../model/search/search-host';
import { nameOfRoute } from '../name-of-policy';
import { oddCharacter, oddCharacterText } from '../odd-path';
import type { Cell } from './cell';
import type { AccessRow } from './matrix';

/** Requests that a row seems to take and that are refused for a character of their path, the first for all. */
export function oddNotes({ scope }: HostSearch, cells: readonly Cell[], rows: readonly AccessRow[]): string[] {
  const service = scope.objects.virtualServices[0];
  const open = new Set(rows.filter(({ access }) => access !== 'closed').map(({ rule }) => rule));
  const odd = cells.find(({ isOdd, route }) => isOdd === true && route !== undefined && open.has(nameOfRoute(route, service)));
  if (!odd) return [];
  const { method, path } = odd;
  return [`${method} ${path} and its like are refused with 403, whatever the rows say: ${oddCharacterText(oddCharacter(path) ?? '')}`];
}
