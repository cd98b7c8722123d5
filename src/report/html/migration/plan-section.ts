import type { JsonObject } from '../../../model/json';
import type { Report } from '../../report';
import { markup, nothing, when, type Markup } from '../markup';
import { objectsOf, textOf, textsOf } from '../report-data';

/** The way of each workload, step by step. */
export function migrationPlanSection(report: Report): Markup {
  const plans = objectsOf(report.data?.['plan']);
  if (report.verb !== 'migrate' || plans.length === 0) return nothing;
  return markup`<section aria-labelledby="plan-title">
<h2 id="plan-title">The way, workload by workload</h2>
${plans.map(planMarkup)}
</section> `;
}

function planMarkup(plan: JsonObject): Markup {
  const services = textsOf(plan['services']);
  const blocked = textsOf(plan['blockedBy']);
  return markup`<section class="group">
<h3>${services.length === 0 ? 'No workload' : services.join(', ')}</h3>
<p>APIRules ${textsOf(plan['apiRules']).join(', ')} migrate together${plan['assumed'] === true ? ' (the Service is not in the input; equal names were taken for equal Pods)' : ''}.</p>
${when(blocked.length, () => markup`<p>Nothing of it is written: ${blocked.join(', ')} cannot be migrated yet.</p>`)}
<ol start="0">
${objectsOf(plan['steps']).map(stepMarkup)}
</ol>
${warnings(objectsOf(plan['warnings']))}
</section> `;
}

function stepMarkup(step: JsonObject): Markup {
  const check = textsOf(step['check']);
  return markup`<li value="${textOf(step['number'])}"><strong>${textOf(step['title'])}</strong>
<dl>
${listed('Apply', textsOf(step['apply']))}${listed('Delete', textsOf(step['remove']))}${when(
    check.length,
    () => markup`<dt>Check</dt>
<dd><pre tabindex="0"><code>${check.join('\n')}</code></pre></dd> `,
  )}<dt>Meanwhile</dt>
<dd>${textOf(step['meanwhile'])}</dd>
<dt>Way back</dt>
<dd>${textOf(step['wayBack'])}</dd>
</dl>
</li> `;
}

function listed(name: string, values: readonly string[]): Markup {
  if (values.length === 0) return nothing;
  return markup`<dt>${name}</dt>
<dd>${values.join('\n')}</dd> `;
}

function warnings(all: readonly JsonObject[]): Markup {
  if (all.length === 0) return nothing;
  return markup`<ul>
${all.map((warning) => markup`<li>${textOf(warning['message'])}. <em>${textOf(warning['fix'])}</em></li> `)}</ul>`;
}
