import type { CheckResult } from '../../model/check-result';
import { columnTitles, isClaimColumn, type Column, type MatrixRow, type RouteMatrix } from '../../model/route-matrix';
import { renderPlace } from '../details';
import { groupBy, worstFirst } from '../order';
import { markup, nothing, type Markup } from './markup';
import { cellId, routeName } from './matrix-section';
import { resultMarkup } from './result';
import { shownStatus } from './words';

/** Results of routes, cell by cell; the cells of the matrix lead here. */
export function routeResults({ rows, columns }: RouteMatrix): Markup {
  if (rows.length === 0) return nothing;
  return markup`<section aria-labelledby="results-title">
<h2 id="results-title">Results by route</h2>
${rows.map((row, i) => routeMarkup(row, columns, i))}
</section> `;
}

/** Results that belong to no route, by place. */
export function otherResults(results: readonly CheckResult[], title: string): Markup {
  if (results.length === 0) return nothing;
  const groups = groupBy(results, (result) => renderPlace(result) || 'The whole input');
  return markup`<section aria-labelledby="other-title">
<h2 id="other-title">${title}</h2>
${groups.map(
  ([place, own]) =>
    markup`<section class="group" data-route="${place}">
<h3>${place}</h3>
${worstFirst(own).map((result) => resultMarkup(result))}
</section> `,
)}
</section> `;
}

function routeMarkup({ route, cells }: MatrixRow, columns: readonly Column[], index: number): Markup {
  const used = columns
    .flatMap((column) => [[column, cells.get(column)?.results ?? []] as const])
    .filter(([, results]) => results.length > 0);
  return markup`<section class="group" data-route="${routeName(route)}">
<h3><span class="method">${route.method}</span> ${route.host}<wbr />${route.path}</h3>
${used.map(
  ([column, results]) =>
    markup`<div class="cell" id="${cellId(index, column)}" tabindex="-1" data-column="${column}" data-counts="${countsOf(results)}"${claimMark(column)}>
<h4>${columnTitles[column]}</h4>
${worstFirst(results).map((result) => resultMarkup(result))}
</div> `,
)}
</section> `;
}

/** How many results of each status, for the filter. */
function countsOf(results: readonly CheckResult[]): string {
  const counts = groupBy(results, shownStatus).map(([status, own]) => [status, own.length] as const);
  return JSON.stringify(Object.fromEntries(counts));
}

/** The dialog of a claim also shows what it rests on. */
function claimMark(column: Column): Markup {
  return isClaimColumn(column) ? markup` data-claim` : nothing;
}
