import type { CheckResult, Status } from '../model/check-result';
import { renderCounts } from './counts';
import { detailsOf, renderPlace } from './details';
import { renderExcerpt } from './excerpt';
import { matrixMarkdown } from './matrix-text';
import { neutralizeForMarkdown, neutralizeForMarkdownCode, neutralizeForMarkdownFence } from './neutralize';
import { isFinding, statusOrder, worstFirst } from './order';
import { notesOf, type Report } from './report';

/** A step summary of GitHub holds 1 MiB and is dropped as a whole beyond it: characters that each section takes at most. */
const sectionLength = 120_000;
const cellLength = 400;
const matrixRows = 300;
const fencedLength = 4000;

/** The report for a step summary or a comment on a pull request: counts, findings, then details of each, then what does not count. */
export function renderMarkdown(report: Report): string {
  const results = worstFirst(report.results);
  const findings = results.filter(isFinding);
  const accepted = results.filter((result) => result.suppressed);
  const skipped = results.filter((result) => result.status === 'skip' && !result.suppressed);
  const sections = [
    [`## kyma-guard ${neutralizeForMarkdown(report.verb)}`, neutralizeForMarkdown(renderCounts(report)), countsTable(report)],
    section('Access matrix', matrixMarkdown(report, matrixRows)),
    section('Findings', table(['', 'Severity', 'Check', 'Place', 'What is'], findings, findingRow)),
    section('Details', within(findings, details, '\n\n')),
    section('Accepted risks', table(['Severity', 'Check', 'Place', 'What is', 'By', 'Until', 'Reason'], accepted, acceptedRow)),
    section('Skipped', table(['Check', 'Place', 'Why'], skipped, skippedRow)),
    section(
      'Notes',
      within(notesOf(report), (note) => `- ${cell(note)}`),
    ),
  ];
  return `${sections.flat().join('\n\n')}\n`;
}

function section(title: string, body: string): string[] {
  return body === '' ? [] : [`### ${title}`, body];
}

function countsTable({ summary }: Report): string {
  const names: Readonly<Record<Status, string>> = {
    fail: 'Failed',
    error: 'Could not tell',
    warn: 'Warned',
    skip: 'Skipped',
    pass: 'Passed',
  };
  const rows = [statusOrder.map((status) => names[status]), statusOrder.map(() => '---:'), statusOrder.map((status) => summary[status])];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function findingRow(result: CheckResult): string[] {
  const issuer = result.route?.issuer === undefined ? '' : ` (${result.route.issuer})`;
  return [result.status.toUpperCase(), result.severity, code(result.id), code(placeOf(result)), cell(`${messageOf(result)}${issuer}`)];
}

function acceptedRow({ suppressed, ...result }: CheckResult): string[] {
  const { by = '', until = 'no end', reason = '' } = suppressed ?? {};
  return [result.severity, code(result.id), code(placeOf(result)), cell(messageOf(result)), cell(by), cell(until), cell(reason)];
}

function skippedRow(result: CheckResult): string[] {
  return [code(result.id), code(placeOf(result)), cell(messageOf(result))];
}

/** What a person needs to see for himself; commands and source stand in a fence, so that they can be copied as they are. */
function details(result: CheckResult): string {
  const inFence = new Set(['request', 'expected', 'actual', 'curl']);
  const [fenced, prose] = [true, false].map((isFenced) => detailsOf(result).filter(([name]) => inFence.has(name) === isFenced));
  const seen = [
    ...(result.route ? [] : renderExcerpt(result.where)),
    ...(fenced ?? []).map(([name, value]) => `${`${name}:`.padEnd(9)} ${value}`),
  ];
  return [
    `#### ${result.status.toUpperCase()} ${code(result.id)} ${code(placeOf(result))}`,
    cell(messageOf(result)),
    ...(seen.length > 0 ? [neutralizeForMarkdownFence(clip(seen.join('\n'), fencedLength))] : []),
    ...(prose && prose.length > 0 ? [prose.map(([name, value]) => `- **${name}:** ${cell(value)}`).join('\n')] : []),
  ].join('\n\n');
}

function table(head: readonly string[], results: readonly CheckResult[], row: (result: CheckResult) => string[]): string {
  if (results.length === 0) return '';
  const lines = within(results, (result) => `| ${row(result).join(' | ')} |`);
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, lines].join('\n');
}

/** As many as fit, one after the other; what does not is counted, not rendered. */
function within<T>(items: readonly T[], show: (item: T) => string, separator = '\n'): string {
  const parts: string[] = [];
  let length = 0;
  for (const item of items) {
    const part = show(item);
    length += part.length + separator.length;
    if (length > sectionLength) break;
    parts.push(part);
  }
  const rest = items.length - parts.length;
  const more = `${rest} more ${rest === 1 ? 'is' : 'are'} left out here; \`--format json\` has all of them.`;
  return rest === 0 ? parts.join(separator) : `${parts.join(separator)}\n\n${more}`;
}

function placeOf(result: CheckResult): string {
  return renderPlace(result) || '-';
}

function messageOf({ message, title }: CheckResult): string {
  return message || title;
}

function code(text: string): string {
  return neutralizeForMarkdownCode(clip(text, cellLength));
}

function cell(text: string): string {
  return neutralizeForMarkdown(clip(text, cellLength));
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
