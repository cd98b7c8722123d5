import type { ApiRule, Rule } from '../../model/api-rule';
import type { HostSearch } from '../../model/search/search-host';
import { nameOfRoute, nameOfRule } from '../name-of-policy';
import type { Cell } from './cell';
import type { AccessRow } from './matrix';

/** Rules of the host that no request gets to, with the rules that take theirs. */
export function unreachedRows(search: HostSearch, cells: readonly Cell[]): AccessRow[] {
  const service = search.scope.objects.virtualServices[0];
  const origins = new Set((service?.http ?? []).flatMap(({ origin }) => origin?.apiRule ?? []));
  const reached = new Set(cells.flatMap(({ route }) => (route ? [nameOfRoute(route, service)] : [])));
  // Where not even the route is known, nothing is known of a rule either.
  if (cells.some(({ route }) => !route)) return [];
  return search.scope.apiRules
    .filter(({ namespace, name }) => origins.has(`${namespace}/${name}`))
    .flatMap((apiRule) => apiRule.rules.map((rule, index) => ({ rule, name: nameOf(apiRule, index) })))
    .filter(({ name }) => !reached.has(name))
    .map(({ rule, name }) => unreached(rule, name, takers(search, rule, cells)));
}

function nameOf({ namespace, name }: ApiRule, index: number): string {
  return nameOfRule({ apiRule: `${namespace}/${name}`, rule: index });
}

function takers(search: HostSearch, { path, methods }: Rule, cells: readonly Cell[]): string[] {
  const service = search.scope.objects.virtualServices[0];
  const taken = cells.filter((cell) => methods.includes(cell.method) && search.takes(path, cell.path));
  return [...new Set(taken.flatMap(({ route }) => (route ? [nameOfRoute(route, service)] : [])))].sort();
}

function unreached({ path, methods }: Rule, name: string, decidedBy: readonly string[]): AccessRow {
  const [method = ''] = methods;
  return {
    path,
    methods: [...methods],
    access: 'unreached',
    callers: [],
    authorizers: [],
    rule: name,
    decidedBy,
    example: `${method} ${path}`,
    part: false,
    notes: methods.every((one) => one === 'CONNECT') ? ['CONNECT reaches no route'] : [],
  };
}
