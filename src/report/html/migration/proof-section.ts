import type { JsonObject } from '../../../model/json';
import { proofParts, proofTitle } from '../../proof-parts';
import type { Report } from '../../report';
import { markup, nothing, when, type Markup } from '../markup';
import { objectsOf, textOf, textsOf } from '../report-data';

/** What the search over old and new rules shows, with a request for everything that changes. */
export function migrationProofSection(report: Report): Markup {
  const proofs = objectsOf(report.data?.['proof']);
  if (report.verb !== 'migrate' || proofs.length === 0) return nothing;
  return markup`<section aria-labelledby="search-title">
<h2 id="search-title">What the search shows</h2>
${proofs.map(proofMarkup)}
</section> `;
}

function proofMarkup(proof: JsonObject): Markup {
  const proven = proof['proven'] === true;
  const open = textsOf(proof['open']);
  return markup`<section class="group">
<h3>${textsOf(proof['apiRules']).join(', ')}</h3>
<p><span class="badge ${proven ? 's-pass' : 's-fail v-critical'}">${proven ? 'proven' : 'not proven'}</span> ${proven ? 'No request through the gateway that was refused is let in.' : 'Nothing of it is written.'}</p>
${proofParts.map(([name, what]) => requests(proofTitle(what), objectsOf(proof[name])))}
${when(
  open.length,
  () => markup`<ul>
${open.map((text) => markup`<li>cannot be told: ${text}</li> `)}</ul>`,
)}
</section> `;
}

function requests(title: string, all: readonly JsonObject[]): Markup {
  if (all.length === 0) return nothing;
  return markup`<div class="scroll" role="region" aria-label="${title}" tabindex="0">
<table class="plain">
<caption>${title}</caption>
<thead>
<tr><th scope="col">Request</th><th scope="col">Caller</th><th scope="col">Before, it</th><th scope="col">Now it</th></tr>
</thead>
<tbody>
${all.map(
  (request) => markup`<tr>
<th scope="row"><code>${textsOf(request['methods']).join(',')} ${textOf(request['host'])}${textOf(request['path'])}</code></th>
<td>${textOf(request['caller'])}</td>
<td>${textOf(request['before'])}</td>
<td>${textOf(request['after'])}</td>
</tr> `,
)}
</tbody>
</table>
</div> `;
}
