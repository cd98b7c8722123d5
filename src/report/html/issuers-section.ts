import type { CheckResult } from '../../model/check-result';
import type { JsonObject } from '../../model/json';
import { worstFirst } from '../order';
import { markup, nothing, when, type Markup } from './markup';
import { objectOf, objectsOf, textOf, textsOf } from './report-data';
import { resultMarkup } from './result';

/** What each issuer shows to anybody, beside what the checks of it said. */
export function issuersSection(issuers: readonly JsonObject[], results: readonly CheckResult[]): Markup {
  if (issuers.length === 0) return nothing;
  return markup`<section aria-labelledby="issuers-title">
<h2 id="issuers-title">Issuers</h2>
${issuers.map((issuer) =>
  issuerMarkup(
    issuer,
    results.filter((result) => isAbout(result, issuer)),
  ),
)}
</section> `;
}

/** True for a check of the issuer itself. */
export function isAbout({ id, message, route }: CheckResult, issuer: JsonObject): boolean {
  return !route && id.startsWith('issuer-') && message.startsWith(`${textOf(issuer['issuer']) ?? ''}: `);
}

function issuerMarkup(issuer: JsonObject, results: readonly CheckResult[]): Markup {
  const discovery = objectOf(issuer['discovery']);
  const keys = objectOf(issuer['keys']);
  const token = objectOf(issuer['token']);
  return markup`<section class="group issuer">
<h3>${textOf(issuer['issuer'])}</h3>
<dl>
${row('jwksUri of the rule', textOf(issuer['jwksUri']))}${row('Good token', token['obtained'] === true ? 'obtained' : (textOf(token['problem']) ?? 'none'))}
</dl>
<h4>Discovery document</h4>
<dl>${Object.entries(discovery).map(([name, value]) => row(name, textOf(value) ?? textsOf(value).join(', ')))}</dl>
<h4>Keys</h4>
${when(textOf(keys['problem']), () => markup`<p>${textOf(keys['problem'])}</p>`)}${keyTable(keys, textOf(issuer['issuer']) ?? '')}
${worstFirst(results).map((result) => resultMarkup(result))}
</section> `;
}

const keyMembers = ['kid', 'kty', 'alg', 'use', 'crv', 'bits', 'x5c'] as const;

function keyTable(published: JsonObject, issuer: string): Markup {
  const keys = objectsOf(published['list']);
  const all = Number(published['published']);
  if (keys.length === 0) return nothing;
  return markup`<div class="scroll" role="region" aria-label="Keys of ${issuer}" tabindex="0">
<table class="plain">
<caption>${all} published${all > keys.length ? `, the first ${keys.length} are shown` : ''}</caption>
<thead>
<tr>
${keyMembers.map((name) => markup`<th scope="col">${name}</th>`)}
</tr>
</thead>
<tbody>
${keys.map(
  (key) =>
    markup`<tr>
${keyMembers.map((name) => markup`<td>${textOf(key[name]) ?? '–'}</td>`)}
</tr> `,
)}
</tbody>
</table>
</div> `;
}

function row(name: string, value: string | undefined): Markup {
  return value === undefined || value === ''
    ? nothing
    : markup`<dt>${name}</dt>
<dd>${value}</dd> `;
}
