import { columnTitles, type CellStatus, type Column } from '../../model/route-matrix';
import { markup, nothing, type Markup } from './markup';
import { statusWords } from './words';

/** The filter over matrix and results. Without a script it would do nothing, so the script shows it. */
export function filterSection(columns: readonly Column[], statuses: ReadonlySet<CellStatus>): Markup {
  const used = (Object.keys(statusWords) as CellStatus[]).filter((status) => statuses.has(status));
  const families =
    columns.length === 0
      ? nothing
      : markup`<label
>Family
<select name="column">
<option value="">all</option>
${columns.map((column) => markup`<option value="${column}">${columnTitles[column]}</option>`)}
</select></label
> `;
  return markup`<form id="filter" role="search" aria-label="Filter of the report" hidden>
<label
>${columns.length === 0 ? 'Place or text' : 'Route'} <input type="search" name="text" autocomplete="off" spellcheck="false"
/></label>
${families}
<fieldset>
<legend>Status</legend>
${used.map(
  (status) => markup`<label><input type="checkbox" name="status" value="${status}" checked /> ${statusWords[status].word}</label> `,
)}
</fieldset>
<button type="reset">Show all</button>
<output id="shown" role="status" aria-live="polite"></output>
</form> `;
}
