import type { CheckResult } from '../../model/check-result';
import { renderPlace } from '../details';
import { markup, nothing, type Markup } from './markup';

/** What was found, or could not be told, and was accepted, by whom and until when. */
export function acceptedSection(results: readonly CheckResult[]): Markup {
  const accepted = results.filter(({ suppressed }) => suppressed);
  if (accepted.length === 0) return nothing;
  return markup`<section aria-labelledby="accepted-title">
<h2 id="accepted-title">Accepted risks</h2>
<div class="scroll" role="region" aria-label="Table of accepted risks" tabindex="0">
<table class="plain">
<caption>
Somebody accepted these, so they do not count; none of them was proven.
</caption>
<thead>
<tr>
<th scope="col">Check</th>
<th scope="col">Severity</th>
<th scope="col">Place</th>
<th scope="col">What is</th>
<th scope="col">Accepted by</th>
<th scope="col">Until</th>
<th scope="col">Reason</th>
</tr>
</thead>
<tbody>
${accepted.map(acceptedRow)}
</tbody>
</table>
</div>
</section> `;
}

function acceptedRow(result: CheckResult): Markup {
  const { id, severity, message, title, suppressed } = result;
  return markup`<tr>
<th scope="row"><code>${id}</code></th>
<td>${severity}</td>
<td>${renderPlace(result)}</td>
<td>${message || title}</td>
<td>${suppressed?.by}</td>
<td>${suppressed?.until ?? 'no end'}</td>
<td>${suppressed?.reason}</td>
</tr> `;
}
