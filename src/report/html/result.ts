import type { CheckResult } from '../../model/check-result';
import { renderPlace, renderSuppression } from '../details';
import { renderExcerpt } from '../excerpt';
import { isFinding } from '../order';
import { markup, nothing, when, type Markup } from './markup';
import { shownStatus, statusWords } from './words';

/** One result: its head is always there; what was expected, seen and sent, and how to mend it, opens below. */
export function resultMarkup(result: CheckResult, place?: string): Markup {
  const status = shownStatus(result);
  const { sign, word } = statusWords[status];
  const severity = isFinding(result) ? markup` <span class="severity">${result.severity}</span>` : nothing;
  const issuer = when(result.route?.issuer, () => markup` <span class="quiet">${result.route?.issuer}</span>`);
  const at = when(place, () => markup` <span class="place">${place}</span>`);
  const open = isFinding(result) ? markup` open` : nothing;
  const badge = markup`<span class="badge ${badgeClass(result)}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
  const message = markup`<span class="message">${result.message || result.title}</span>`;
  const summary = markup`<summary>${badge} <code>${result.id}</code>${severity}${at} ${message}${issuer}</summary>`;
  return markup`<details class="result" data-status="${status}"${open}>${summary}<dl>${facts(result)}</dl></details>`;
}

/** Class of the color: the worse, the deeper. */
export function badgeClass(result: CheckResult): string {
  const status = shownStatus(result);
  return status === 'fail' ? `s-fail v-${result.severity}` : `s-${status}`;
}

function facts(result: CheckResult): readonly Markup[] {
  const { title, expected, actual, request, reason, curl, fix, docs, suppressed } = result;
  const manifest = renderPlace({ where: result.where } as CheckResult);
  const excerpt = renderExcerpt(result.where).join('\n');
  const seen = [
    fact('Check', title),
    fact('Expected', expected),
    fact('Actual', actual),
    fact('Evidence', reason),
    fact('Request', request, true),
    fact('curl', curl, true),
  ];
  // What is as it should be needs no mending: most results of a large report are such.
  if (result.status === 'pass') return seen;
  return [
    ...seen,
    fact('Fix', fix),
    fact('Accepted', suppressed && renderSuppression(result)),
    fact('Place', manifest),
    fact('Source', excerpt, true),
    fact('More', docs),
  ];
}

function fact(name: string, value: string | undefined, isCode = false): Markup {
  if (value === undefined || value === '') return nothing;
  return markup`<dt>${name}</dt><dd>${isCode ? markup`<pre tabindex="0"><code>${value}</code></pre>` : value}</dd>`;
}
