import type { CheckResult } from '../model/check-result';
import { renderPlace } from './details';
import { neutralizeForTerminal as safe } from './neutralize';

/** More are counted; `--format json` has all of them. */
const most = 50;

/** What a deployment is let through with, by whom and until when, as lines for people; findings in files stand at their places instead. */
export function acceptedLines(results: readonly CheckResult[]): readonly string[] {
  const accepted = results.filter(({ suppressed, route }) => suppressed && route);
  if (accepted.length === 0) return [];
  const more = accepted.length - most;
  return ['Accepted risks', ...accepted.slice(0, most).flatMap(linesOf), ...(more > 0 ? [`  ${more} more`] : []), ''];
}

function linesOf(result: CheckResult): string[] {
  const { id, severity, message, title, suppressed } = result;
  const { by = '', reason = '', until } = suppressed ?? {};
  return [
    `  ${id} ${severity} ${safe(renderPlace(result))} - ${oneLine(message || title)}`,
    `        by ${by}, ${until === undefined ? 'no end' : `until ${safe(until)}`}: ${oneLine(reason)}`,
  ];
}

function oneLine(text: string): string {
  return safe(text).replace(/\s+/g, ' ');
}
