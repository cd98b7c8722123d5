import { severities } from '../../model/check-result';
import { columnTitles, type CellStatus, type Column, type MatrixCell, type MatrixRow, type RouteMatrix } from '../../model/route-matrix';
import { markup, nothing, type Markup } from './markup';
import { cellWords, shownStatus, statusWords } from './words';

/** Routes against what was tried at them, as a table in which every cell leads to its results. */
export function matrixSection({ columns, rows }: RouteMatrix): Markup {
  if (rows.length === 0) return nothing;
  return markup`<section aria-labelledby="matrix-title">
<h2 id="matrix-title">Access matrix</h2>
<div class="scroll" role="region" aria-label="Table of routes" tabindex="0">
<table id="matrix">
<caption>
Routes against what was tried at them. Each cell opens its results.
</caption>
<thead>
<tr>
<th scope="col">Route</th>
${columns.map(headCell)}
</tr>
</thead>
<tbody>
${rows.map((row, i) => bodyRow(row, columns, i))}
</tbody>
</table>
</div>
${legend()}
</section> `;
}

/** The id of the results of a cell. */
export function cellId(row: number, column: Column): string {
  return `r${row + 1}-${column}`;
}

/** `METHOD host/path`. */
export function routeName({ method, host, path }: MatrixRow['route']): string {
  return `${method} ${host}${path}`;
}

function headCell(column: Column): Markup {
  return markup`<th scope="col" data-column="${column}">${columnTitles[column]}</th>`;
}

function bodyRow({ route, cells }: MatrixRow, columns: readonly Column[], index: number): Markup {
  const statuses = [...new Set([...cells.values()].map(({ status }) => status))].join(' ');
  return markup`<tr data-route="${routeName(route)}" data-statuses="${statuses}">
<th scope="row"><span class="method">${route.method}</span> ${route.host}<wbr />${route.path}</th>
${columns.map((column) => bodyCell(column, cells.get(column), route, index))}
</tr> `;
}

function bodyCell(column: Column, cell: MatrixCell | undefined, route: MatrixRow['route'], index: number): Markup {
  if (!cell) return markup`<td class="none" data-column="${column}"><span class="vh">nothing was tried</span></td>`;
  const { status, results } = cell;
  const counted = status === 'part' ? 'pass' : status;
  const own = results.filter((result) => shownStatus(result) === counted);
  const many = own.length < results.length ? markup` <span class="count">${own.length}/${results.length}</span>` : nothing;
  const place = ` for ${columnTitles[column]}, ${routeName(route)}`;
  return markup`<td class="${cellClass(cell)}" data-column="${column}" data-status="${status}">
<a href="#${cellId(index, column)}"
><span aria-hidden="true">${statusWords[status].sign}</span> ${cellWords(column, status)}${many}<span class="vh">${place}</span></a
>
</td>`;
}

function cellClass({ status, results }: MatrixCell): string {
  if (status !== 'fail') return `s-${status}`;
  const worst = severities.find((severity) => results.some((result) => result.status === 'fail' && result.severity === severity));
  return `s-fail v-${worst ?? 'medium'}`;
}

function legend(): Markup {
  const entries = Object.entries(statusWords) as [CellStatus, (typeof statusWords)[CellStatus]][];
  const shown = entries.map(([status, { sign, word, says }]) => {
    const name = status === 'fail' ? 's-fail v-critical' : `s-${status}`;
    return markup`<li>
<span class="badge ${name}"><span aria-hidden="true">${sign}</span> ${word}</span> ${says}
</li>`;
  });
  return markup`<ul class="legend" aria-label="What the signs mean">
${shown}
</ul> `;
}
