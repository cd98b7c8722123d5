import type { CheckResult, RouteRef, Status } from './check-result';
import { isForWant } from './for-want';
import { families, familyTitles, type Family } from './family';
import type { JsonObject } from './json';

/** What is concluded of a route; the first columns of the matrix. */
const claimTitles = {
  'closed-to-anonymous': 'Closed to anonymous',
  protected: 'Protected',
  'public-open': 'Opens as meant',
} as const;

export const columnTitles = { ...claimTitles, control: 'Good token', ...familyTitles } as const;

type Claim = keyof typeof claimTitles;
export type Column = Claim | 'control' | Family;

/** `accepted`: nothing worse is left beside what somebody accepted. `part`: refused as far as it was tried, and a probe of weight was not. */
export type CellStatus = Status | 'accepted' | 'part';

/** All results of one route and column. */
export interface MatrixCell {
  readonly status: CellStatus;
  /** In the order of the report. */
  readonly results: readonly CheckResult[];
}

/** One route: a rule's method and path at a host. */
export interface MatrixRow {
  readonly route: Omit<RouteRef, 'issuer'>;
  readonly cells: ReadonlyMap<Column, MatrixCell>;
}

export interface RouteMatrix {
  /** Those that any route has something in, claims first. */
  readonly columns: readonly Column[];
  readonly rows: readonly MatrixRow[];
}

const allColumns = Object.keys(columnTitles) as readonly Column[];

/** Routes against what was tried at them, as the results of `verify` tell it; results without a route are not in it. */
export function routeMatrix(results: readonly CheckResult[]): RouteMatrix {
  const rows = new Map<string, { route: MatrixRow['route']; cells: Map<Column, CheckResult[]> }>();
  for (const result of results) {
    if (!result.route) continue;
    const { method, host, path } = result.route;
    const key = JSON.stringify([method, host, path]);
    const row = rows.get(key) ?? { route: { method, host, path }, cells: new Map<Column, CheckResult[]>() };
    const column = columnOf(result);
    const cell = row.cells.get(column);
    if (cell) cell.push(result);
    else row.cells.set(column, [result]);
    rows.set(key, row);
  }
  const used = new Set([...rows.values()].flatMap(({ cells }) => [...cells.keys()]));
  return {
    columns: allColumns.filter((column) => used.has(column)),
    rows: [...rows.values()].map(({ route, cells }) => ({
      route,
      cells: new Map([...cells].map(([column, own]) => [column, { status: cellStatus(column, own), results: own }])),
    })),
  };
}

/** True for what concludes about a route, apart from the facts that it rests on. */
export function isClaim({ id, route }: Pick<CheckResult, 'id' | 'route'>): boolean {
  return route !== undefined && id in claimTitles;
}

/** True for the columns of what is concluded. */
export function isClaimColumn(column: Column): boolean {
  return column in claimTitles;
}

/** The column of a result with a route. */
export function columnOf(result: Pick<CheckResult, 'id' | 'family'>): Column {
  if (result.id in claimTitles) return result.id as Claim;
  return families.find((family) => family === result.family) ?? 'control';
}

/** The matrix as programs read it: the worst status and the number of results per cell. */
export function matrixData({ columns, rows }: RouteMatrix): JsonObject {
  const cell = ({ status, results }: MatrixCell): JsonObject => ({ status, results: results.length });
  return {
    columns: [...columns],
    routes: rows.map(({ route, cells }) => ({
      ...route,
      cells: Object.fromEntries([...cells].map(([column, own]) => [column, cell(own)])),
    })),
  };
}

/** A claim that was skipped is not proven; a probe that was skipped says nothing beside one that was refused. */
function cellStatus(column: Column, results: readonly CheckResult[]): CellStatus {
  const statuses = new Set(results.map(({ status, suppressed }): CellStatus => (suppressed ? 'accepted' : status)));
  const order: readonly CellStatus[] =
    column in claimTitles ? ['fail', 'error', 'warn', 'accepted', 'skip', 'pass'] : ['fail', 'error', 'warn', 'accepted', 'pass', 'skip'];
  const status = order.find((one) => statuses.has(one)) ?? 'skip';
  return status === 'pass' && !(column in claimTitles) && results.some(isForWant) ? 'part' : status;
}
