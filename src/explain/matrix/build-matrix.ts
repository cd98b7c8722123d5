import type { Cluster } from '../../model/cluster';
import { ruleMethods } from '../../model/api-rule';
import type { HttpRoute, IstioObjects } from '../../model/istio';
import { pathOfRoute } from '../../model/path-template';
import { hostMatches } from '../../model/route-request';
import { hostScopes, type HostScope } from '../../model/search/host-scope';
import { searchHost, type HostSearch } from '../../model/search/search-host';
import { nameOfRoute } from '../name-of-policy';
import { cellsOf, type Cell } from './cell';
import { hostNotes } from './host-notes';
import { oddNotes } from './odd-notes';
import type { AccessRow, HostAccess, Matrix } from './matrix';
import { rowNotes } from './row-notes';
import { unreachedRows } from './unreached-rows';

/**
 * Who may call what: every host, method and class of paths that anything in the input can tell apart, put together to rows.
 *
 * @param bare Services (`namespace/name`) with Pods that have no sidecar
 */
export function buildMatrix(cluster: Cluster, objects: IstioObjects, bare: ReadonlySet<string> = new Set()): Matrix {
  const hosts = [...hostScopes(cluster, objects)].map((scope) => hostAccess(cluster, scope, bare));
  return { hosts: hosts.sort((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : 0)) };
}

function hostAccess(cluster: Cluster, scope: HostScope, bare: ReadonlySet<string>): HostAccess {
  const search = searchHost(scope);
  const all = cellsOf(search, methodsAt(scope));
  const cells = all.filter(({ isOdd }) => isOdd !== true);
  const rows = rowsOf(search, cells);
  const origins = new Set(scope.objects.virtualServices.flatMap(({ http }) => http.flatMap(({ cors }) => cors?.allowOrigins ?? [])));
  const corsOrigins = [...new Set([...origins].map(({ match, value }) => `${match} ${value}`))];
  return {
    host: patternOf(scope),
    apiRules: scope.apiRules.map(({ namespace, name }) => `APIRule ${namespace}/${name}`),
    rows: [...rows, ...unreachedRows(search, cells)],
    otherwise: search.incomplete === undefined ? '404' : `unknown because ${search.incomplete}`,
    ...(corsOrigins.length > 0 && { corsOrigins }),
    notes: [...oddNotes(search, all, rows), ...hostNotes(cluster, search, rows, bare)],
  };
}

/** The pattern that a sample host stands for. */
function patternOf({ host, objects, apiRules }: HostScope): string {
  const named = [...objects.virtualServices.flatMap(({ hosts }) => hosts), ...apiRules.flatMap(({ hosts }) => hosts)];
  const short = apiRules.some(({ hosts }) => hosts.some((label) => host === label || host.startsWith(`${label}.`)));
  if (named.includes(host) || short) return host;
  const wildcards = named.filter((pattern) => pattern.startsWith('*') && hostMatches(pattern, host));
  return wildcards.sort((a, b) => b.length - a.length)[0] ?? host;
}

/** Methods that rules, routes and policies of the host name; all that rules can name where a route takes any. CONNECT reaches no route. */
function methodsAt({ objects, apiRules }: HostScope): string[] {
  const routes = objects.virtualServices.flatMap(({ http }) => http.map(({ methodRegex }) => methodsOfRoute(methodRegex)));
  const policies = objects.authorizationPolicies.flatMap(({ rules }) =>
    rules.flatMap(({ to }) => to.flatMap(({ methods = [], notMethods = [] }) => [...methods, ...notMethods])),
  );
  const named = [
    ...apiRules.flatMap(({ rules }) => rules.flatMap(({ methods }) => methods)),
    ...routes.flatMap((all) => all ?? []),
    ...policies,
  ];
  const all = routes.includes(undefined) ? [...ruleMethods, ...named] : named;
  const plain = new Set(all.filter((method) => /^[A-Z]+$/.test(method) && method !== 'CONNECT'));
  return [...plain].sort((a, b) => orderOf(a) - orderOf(b));
}

function methodsOfRoute(regex: string | undefined): string[] | undefined {
  const names = /^\^?\(?([A-Z]+(?:\|[A-Z]+)*)\)?\$?$/.exec(regex ?? '')?.[1];
  return names?.split('|');
}

function orderOf(method: string): number {
  const index = (ruleMethods as readonly string[]).indexOf(method);
  return index < 0 ? ruleMethods.length : index;
}

interface Group {
  readonly first: Cell;
  readonly cells: Cell[];
}

function rowsOf(search: HostSearch, cells: readonly Cell[]): AccessRow[] {
  const service = search.scope.objects.virtualServices[0];
  const routes = service?.http ?? [];
  const groups = new Map<string, Group>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.route ? routes.indexOf(cell.route) : -1, cell.access, cell.detail]);
    const group = groups.get(key);
    if (group) group.cells.push(cell);
    else groups.set(key, { first: cell, cells: [cell] });
  }
  const all = [...groups.values()];
  return [undefined, ...routes].flatMap((route) =>
    rowsOfRoute(
      search,
      route,
      all.filter(({ first }) => first.route === route),
    ),
  );
}

function rowsOfRoute(search: HostSearch, route: HttpRoute | undefined, groups: readonly Group[]): AccessRow[] {
  const service = search.scope.objects.virtualServices[0];
  const rule = route ? nameOfRoute(route, service) : '';
  const own = groups.filter(({ first }) => first.detail.decidedBy.includes(rule));
  const main = largest(own.length > 0 ? own : groups);
  const ordered = [...groups].sort((a, b) => Number(b === main) - Number(a === main));
  return ordered.map(({ first, cells }) => {
    const destination = first.decision.destination;
    const part = groups.length > 1 && first !== main?.first;
    return {
      path: route ? pathText(search, route) : '/*',
      methods: [...new Set(cells.map(({ method }) => method))],
      access: first.access,
      ...first.detail,
      rule,
      ...(destination && { workload: workloadOf(destination) }),
      example: `${first.method} ${first.path}`,
      part,
      notes: rowNotes(search, first, part),
    };
  });
}

function largest(groups: readonly Group[]): Group | undefined {
  return [...groups].sort((a, b) => b.cells.length - a.cells.length)[0];
}

function workloadOf({
  namespace,
  service,
  port,
  workload,
}: NonNullable<Cell['decision']['destination']>): NonNullable<AccessRow['workload']> {
  return { namespace, service, port, assumed: workload.assumed };
}

/** The path as the rule writes it; what the route compares where that cannot be told. */
function pathText({ scope }: HostSearch, { uri, origin }: HttpRoute): string {
  const apiRule = scope.apiRules.find(({ namespace, name }) => `${namespace}/${name}` === origin?.apiRule);
  const written = origin && apiRule?.rules[origin.rule]?.path;
  if (uri.kind === 'prefix') return uri.value === '/' ? '/*' : `${uri.value}*`;
  const path = uri.kind === 'regex' ? pathOfRoute(uri.value) : uri.value;
  return path ?? written ?? `regex ${uri.value}`;
}
