import type { JsonObject } from '../../../model/json';
import type { Report } from '../../report';
import { markup, nothing, when, type Markup } from '../markup';
import { objectOf, objectsOf, textOf, textsOf } from '../report-data';

/** Old rules and new ones side by side, with what a reviewer must know of each. */
export function migratedRulesSection(report: Report): Markup {
  const apiRules = objectsOf(report.data?.['rules']);
  if (report.verb !== 'migrate' || apiRules.length === 0) return nothing;
  return markup`<section aria-labelledby="rules-title">
<h2 id="rules-title">Old and new rules</h2>
${apiRules.map(apiRuleMarkup)}
</section> `;
}

function apiRuleMarkup(apiRule: JsonObject): Markup {
  const name = textOf(apiRule['apiRule']) ?? '';
  const written = apiRule['written'] === true;
  const template = textOf(apiRule['template']);
  return markup`<section class="group">
<h3>APIRule ${name}</h3>
<p><span class="badge ${written ? 's-pass' : 's-fail'}">${written ? 'migrated' : 'not written'}</span> ${textOf(apiRule['file'])}:${textOf(apiRule['line'])}, ${textOf(apiRule['form'])}${foundIn(apiRule)}${when(template, () => markup`, rendered from ${template}`)}</p>
${when(apiRule['why'], () => markup`<p>${textOf(apiRule['why'])}</p>`)}
<dl>
${changed('Host', objectOf(apiRule['host']))}${changed('Gateway', objectOf(apiRule['gateway']))}
</dl>
<div class="scroll" role="region" aria-label="Rules of ${name}" tabindex="0">
<table class="plain">
<caption>Each old rule with what takes its place</caption>
<thead>
<tr><th scope="col">Old rule</th><th scope="col">New rules</th><th scope="col">What changes</th></tr>
</thead>
<tbody>
${objectsOf(apiRule['rules']).map(ruleRow)}
</tbody>
</table>
</div>
${notesMarkup(objectsOf(apiRule['notes']))}
</section> `;
}

function foundIn(apiRule: JsonObject): Markup {
  return apiRule['foundIn'] === 'annotation' ? markup`, read from its annotation` : nothing;
}

function changed(name: string, value: JsonObject): Markup {
  const [old, now] = [textOf(value['old']), textOf(value['new'])];
  return markup`<dt>${name}</dt>
<dd>${old}${when(now !== undefined && now !== old, () => markup` becomes ${now}`)}</dd> `;
}

function ruleRow(row: JsonObject): Markup {
  const made = objectsOf(row['new']);
  return markup`<tr>
<th scope="row">${ruleMarkup(objectOf(row['old']))}</th>
<td>${made.length === 0 ? markup`none` : made.map((rule) => markup`<div>${ruleMarkup(rule)}</div> `)}</td>
<td>${notesMarkup(objectsOf(row['notes']))}</td>
</tr> `;
}

function ruleMarkup(rule: JsonObject): Markup {
  const service = textOf(rule['service']);
  return markup`<code>${textOf(rule['path'])}</code> ${textsOf(rule['methods']).join(', ')}<br />${textOf(rule['access'])}${when(service, () => markup`<br />to ${service}`)}`;
}

const looks: Readonly<Record<string, { readonly look: string; readonly word: string }>> = {
  manual: { look: 's-fail v-high', word: 'by hand' },
  stricter: { look: 's-accepted', word: 'stricter' },
  lost: { look: 's-warn', word: 'lost' },
  open: { look: 's-warn', word: 'open' },
  changed: { look: 's-skip', word: 'changed' },
};

function notesMarkup(notes: readonly JsonObject[]): Markup {
  if (notes.length === 0) return nothing;
  return markup`<ul>
${notes.map((note) => {
  const { look, word } = looks[textOf(note['effect']) ?? ''] ?? { look: 's-skip', word: 'note' };
  const fix = textOf(note['fix']);
  return markup`<li><span class="badge ${look}">${word}</span> ${textOf(note['message'])}${when(fix, () => markup` <em>${fix}</em>`)}</li>
`;
})}</ul>`;
}
