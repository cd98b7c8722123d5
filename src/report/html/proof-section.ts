import type { CheckResult } from '../../model/check-result';
import { columnTitles, columnOf, isClaim, type MatrixRow } from '../../model/route-matrix';
import { renderPlace } from '../details';
import { groupBy, worstFirst } from '../order';
import type { Report } from '../report';
import { markup, nothing, type Markup } from './markup';
import { cellId } from './matrix-section';
import { textsOf } from './report-data';
import { badgeClass } from './result';
import { cellWords, shownStatus } from './words';

/** What was proven and what was not, and what no run proves. */
export function proofSection(report: Report, rows: readonly MatrixRow[]): Markup {
  const claims = report.results.filter(isClaim);
  if (claims.length === 0) return nothing;
  const proven = claims.filter(({ status }) => status === 'pass');
  const open = worstFirst(claims.filter(({ status }) => status !== 'pass'));
  return markup`<section aria-labelledby="proof-title">
<h2 id="proof-title">What was proven, and what was not</h2>
<div class="columns">
<div>
<h3>Proven: ${proven.length} of ${claims.length} ${claims.length === 1 ? 'claim' : 'claims'}</h3>
${
  proven.length === 0
    ? markup`<p>Nothing.</p>`
    : markup`<ul>
${groupBy(proven, ({ id }) => id).map(provenClaim)}
</ul>`
}
</div>
<div>
<h3>Not proven: ${open.length}</h3>
${
  open.length === 0
    ? markup`<p>No claim was left open.</p>`
    : markup`<ul>
${open.map((claim) => openClaim(claim, rows))}
</ul>`
}
</div>
</div>
<h3>Not covered</h3>
<ul>
${[...untried(report.results), ...leftOut(report), ...textsOf(report.data?.['limits'])].map((text) => markup`<li>${text}</li>`)}
</ul>
</section> `;
}

function provenClaim([id, results]: readonly [string, readonly CheckResult[]]): Markup {
  const [first] = results;
  const title = first ? columnTitles[columnOf(first)] : id;
  return markup`<li>
<details>
<summary>${title}: ${results.length}</summary>
<ul>
${results.map((result) => markup`<li>${placeOf(result)}</li>`)}
</ul>
</details>
</li>`;
}

function openClaim(claim: CheckResult, rows: readonly MatrixRow[]): Markup {
  const column = columnOf(claim);
  const row = rows.findIndex(({ cells }) => cells.get(column)?.results.includes(claim));
  return markup`<li>
<a href="#${cellId(row, column)}"
><span class="badge ${badgeClass(claim)}">${cellWords(column, shownStatus(claim))}</span> ${columnTitles[column]}:
${placeOf(claim)}</a
><br />${claim.message}
</li>`;
}

function placeOf(result: CheckResult): string {
  return `${renderPlace(result)}${result.route?.issuer === undefined ? '' : ` (${result.route.issuer})`}`;
}

/** Probes that were not tried, by reason; what another result explains is no gap. */
function untried(results: readonly CheckResult[]): string[] {
  const skipped = results.filter((result) => result.status === 'skip' && !result.suppressed && !isClaim(result) && result.family);
  const gaps = skipped.filter(({ message }) => !/^(got through as well|refused )/.test(message));
  return groupBy(gaps, ({ id, message }) => `${id}: ${message}`).map(
    ([what, own]) => `${what} (${own.length} ${own.length === 1 ? 'time' : 'times'})`,
  );
}

function leftOut({ data }: Report): string[] {
  const names = textsOf(data?.['leftOut']);
  return names.length === 0 ? [] : [`Left out by --only or --skip: ${names.join(', ')}`];
}
