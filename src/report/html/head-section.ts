import { isForWant } from '../../model/for-want';
import { isClaim } from '../../model/route-matrix';
import { renderCounts } from '../counts';
import { checkedObjects, notesOf, type Report } from '../report';
import { markup, nothing, type Markup } from './markup';
import { objectsOf, textOf, textsOf } from './report-data';

/** Verdict in one line, then where, when and how it was asked. */
export function headSection(report: Report): Markup {
  const { run, tool, verb, data } = report;
  const verdict = verdictOf(report);
  const targets = objectsOf(data?.['targets']).map(({ host, url }) => `${textOf(host) ?? ''} at ${textOf(url) ?? ''}`);
  const facts: (readonly [string, string | undefined])[] = [
    ['Verb', verb],
    ['Version', `${tool.name} ${tool.version}`],
    ['Started', run.startedAt],
    ['Run id', run.id],
    ['Vantage', run.vantage],
    ['Targets', targets.join(', ')],
    ['Scope', data?.['scope'] === undefined ? undefined : ['loopback', ...textsOf(data['scope'])].join(', ')],
    ['Profile', textOf(data?.['profile'])],
    ['Requests', textOf(data?.['requests'])],
    ...Object.entries(run.labels).map(([name, value]) => [`Label ${name}`, value] as const),
    ['Input digest', run.inputDigest],
  ];
  const notes = notesOf(report);
  return markup`<header>
<h1>kyma-guard ${verb}</h1>
<p class="verdict ${verdict.look}">${verdict.text}</p>
<p>${renderCounts(report)}</p>
<dl class="facts">
${facts.map(([name, value]) =>
  value === undefined || value === ''
    ? nothing
    : markup`<div>
<dt>${name}</dt>
<dd>${value}</dd>
</div>`,
)}
</dl>
${
  notes.length === 0
    ? nothing
    : markup`<ul class="notes">
${notes.map((note) => markup`<li>${note}</li>`)}
</ul>`
}
</header> `;
}

/** Never a good word where something is open. */
function verdictOf(report: Report): { readonly look: string; readonly text: string } {
  const { results, summary } = report;
  if (summary.fail > 0) return { look: 's-fail v-critical', text: `✗ ${summary.fail} failed: read these first` };
  if (summary.error > 0) return { look: 's-error', text: `? ${summary.error} could not be told: nothing is concluded of them` };
  const claims = results.filter(isClaim);
  const proven = claims.filter(({ status }) => status === 'pass').length;
  if (claims.length > proven)
    return { look: 's-accepted', text: `${proven} of ${claims.length} claims are proven, the others are accepted or not shown` };
  const wanting = new Set(results.filter(isForWant).map(({ id }) => id)).size;
  if (wanting > 0)
    return {
      look: 's-part',
      text: `◐ All ${claims.length} claims are proven as far as they were tried; ${wanting} probes of weight were not`,
    };
  if (claims.length > 0) return { look: 's-pass', text: `✓ All ${claims.length} claims are proven` };
  if (summary.warn > 0) return { look: 's-warn', text: `! ${summary.warn} warned` };
  const checked = (checkedObjects(report) ?? 0) > 0 || summary.pass > 0;
  return { look: 's-skip', text: checked ? 'No finding' : 'Nothing was checked' };
}
