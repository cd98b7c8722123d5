import { renderCounts } from './counts';
import { renderPlace } from './details';
import { neutralizeForTerminal } from './neutralize';
import { isFinding, worstFirst } from './order';
import { notesOf, type Report } from './report';

/**
 * What the kubelet keeps of a termination message, in bytes.
 * @see https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/
 */
export const mostMessageBytes = 4096;

/** Room for the line that counts what was cut off. */
const reserve = 40;

/** What a report comes to, for the status of a Pod: the counts, the labels of the run, then findings, worst first. At most 4096 bytes of UTF-8. */
export function renderTerminationMessage(report: Report, exitCode: number): string {
  const findings = worstFirst(report.results.filter(isFinding)).map((result) => {
    const word = result.status === 'error' ? 'COULD NOT TELL' : result.status.toUpperCase();
    return `${word} ${result.severity} ${result.id} ${renderPlace(result)} - ${result.message || result.title}`;
  });
  const labels = Object.entries(report.run.labels).map(([name, value]) => `${name}=${value}`);
  return bounded(`kyma-guard ${report.verb}: ${renderCounts(report)}; exit code ${exitCode}`, [
    ...(labels.length > 0 ? [labels.join(' ')] : []),
    ...findings,
    ...notesOf(report),
  ]);
}

/** Lines under a first one, as many as fit as a whole. A line that is longer than all the room is cut, never a character. */
export function bounded(first: string, lines: readonly string[]): string {
  const kept = [cut(oneLine(first), mostMessageBytes - reserve)];
  let bytes = Buffer.byteLength(kept[0] ?? '') + 1;
  for (const [index, line] of lines.entries()) {
    const text = oneLine(line);
    const isLast = index === lines.length - 1;
    if (bytes + Buffer.byteLength(text) + 1 > mostMessageBytes - (isLast ? 0 : reserve)) {
      kept.push(`and ${lines.length - index} more`);
      break;
    }
    kept.push(text);
    bytes += Buffer.byteLength(text) + 1;
  }
  return `${kept.join('\n')}\n`;
}

function oneLine(text: string): string {
  return neutralizeForTerminal(text).replace(/\s+/g, ' ').trim();
}

function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let used = Buffer.byteLength('…');
  let kept = '';
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    kept += character;
  }
  return `${kept}…`;
}
