import { columnTitles, routeMatrix, type CellStatus, type MatrixCell, type RouteMatrix } from '../model/route-matrix';
import { neutralizeForMarkdown, neutralizeForTerminal } from './neutralize';
import type { Report } from './report';

/** What a cell of the matrix says, short enough for a column. */
const cellTexts: Readonly<Record<CellStatus, string>> = {
  fail: 'fail',
  error: '?',
  warn: 'warn',
  accepted: 'accepted',
  skip: '-',
  pass: 'ok',
  part: 'part',
};

const legend =
  'ok as it should be, fail broken or got through, ? could not tell, part as far as it was tried, - not tried, accepted by somebody';

/** Routes against claims and families as aligned columns; nothing where no route was asked. @param paint colors a cell */
export function matrixLines({ results }: Pick<Report, 'results'>, paint: (status: CellStatus, text: string) => string): readonly string[] {
  const { columns, rows }: RouteMatrix = routeMatrix(results);
  if (!columns.some((column) => column !== 'control')) return [];
  const names = rows.map(({ route }) => neutralizeForTerminal(`${route.method} ${route.host}${route.path}`).replace(/\s+/g, ' '));
  const first = Math.max('route'.length, ...names.map(({ length }) => length));
  const widths = columns.map((column) => Math.max(columnTitles[column].length, 'accepted'.length));
  const head = columns.map((column, i) => columnTitles[column].padEnd(widths[i] ?? 0));
  const body = rows.map(({ cells }, row) => {
    const texts = columns.map((column, i) => padded(cells.get(column), widths[i] ?? 0, paint));
    return `${(names[row] ?? '').padEnd(first)}  ${texts.join('  ')}`.trimEnd();
  });
  return [`${'route'.padEnd(first)}  ${head.join('  ')}`.trimEnd(), ...body, '', legend, ''];
}

/** The same as a table of Markdown. @param most rows that are shown */
export function matrixMarkdown({ results }: Pick<Report, 'results'>, most: number): string {
  const { columns, rows } = routeMatrix(results);
  if (!columns.some((column) => column !== 'control')) return '';
  const head = ['Route', ...columns.map((column) => columnTitles[column])];
  const lines = rows.slice(0, most).map(({ route, cells }) => {
    const texts = columns.map((column) => cellText(cells.get(column)));
    return `| ${[neutralizeForMarkdown(`${route.method} ${route.host}${route.path}`.slice(0, 400)), ...texts].join(' | ')} |`;
  });
  const more = rows.length > most ? [`\n${rows.length - most} more routes are left out here.`] : [];
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...lines, ...more].join('\n');
}

function cellText(cell: MatrixCell | undefined): string {
  return cell ? cellTexts[cell.status] : '';
}

function padded(cell: MatrixCell | undefined, width: number, paint: (status: CellStatus, text: string) => string): string {
  const text = cellText(cell).padEnd(width);
  return cell ? paint(cell.status, text) : text;
}
