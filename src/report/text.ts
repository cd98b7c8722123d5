import type { Colors } from 'picocolors/types';
import type { CheckResult, Status } from '../model/check-result';
import { acceptedLines } from './accepted-text';
import { renderCounts } from './counts';
import { detailsOf, renderPlace, renderSuppression } from './details';
import { renderExcerpt } from './excerpt';
import { matrixLines } from './matrix-text';
import { neutralizeForTerminal } from './neutralize';
import { groupBy, isFinding, statusOrder } from './order';
import { notesOf, type Report } from './report';

/** How the text looks. */
export interface TextStyle {
  readonly colors: Colors;
  /** Only what failed, warned or could not be told. @default false */
  readonly quiet?: boolean;
  /** Each passing check on a line of its own, skips with their reason. @default false */
  readonly verbose?: boolean;
}

/** The report for people: routes against what was tried at them, then results, worst first within each place, then a line that counts. */
export function renderText(report: Report, style: TextStyle): string {
  const blocks = groupBy(report.results, renderPlace).map(([place, results]) => block(place, results, style));
  const matrix = style.quiet
    ? []
    : matrixLines(report, (status, text) => paint(status === 'accepted' || status === 'part' ? 'skip' : status, style.colors)(text));
  const accepted = style.quiet ? [] : acceptedLines(report.results);
  const lines = [...matrix, ...blocks.filter((text) => text !== ''), ...accepted, ...notes(report, style)];
  return `${[...lines, renderCounts(report, painted(style))].join('\n')}\n`;
}

/** One result as the lines that stand under its place. */
export function renderResult(result: CheckResult, { colors }: Pick<TextStyle, 'colors'>, excerpt: readonly string[] = []): string {
  const label = paint(result.status, colors)(result.status.toUpperCase().padEnd(5));
  const severity = result.status === 'fail' || result.status === 'warn' ? `${result.severity} ` : '';
  const head = `  ${label} ${colors.bold(result.id)} ${severity}${colors.dim('-')} ${safe(result.message || result.title)}${issuerOf(result, colors)}`;
  if (result.suppressed) return `${head}\n        ${colors.dim(indent(safe(renderSuppression(result))))}`;
  if (!isFinding(result)) return head;
  const source = excerpt.map((line) => `        ${colors.dim(line)}`);
  const details = detailsOf(result).map(([name, value]) => `        ${colors.dim(`${name}:`.padEnd(9))} ${indent(safe(value))}`);
  return [head, ...source, ...details].join('\n');
}

/** Conclusions over a whole route: they are what a reader looks for, so they are shown also when all is well. */
const conclusions: ReadonlySet<string> = new Set(['closed-to-anonymous', 'protected', 'public-open']);

function block(place: string, results: readonly CheckResult[], style: TextStyle): string {
  const sorted = results.toSorted((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status));
  const shown = sorted.filter((result) => isShown(result, style));
  if (style.quiet && shown.length === 0) return '';
  const pointed = shown.find(({ route, where }) => !route && where.excerpt !== undefined);
  const lines = shown.map((result) => renderResult(result, style, result === pointed ? renderExcerpt(result.where) : []));
  return [style.colors.bold(safe(place)), ...lines, ...counted(results, shown, style), ''].join('\n');
}

function isShown({ id, status }: CheckResult, { quiet, verbose }: TextStyle): boolean {
  if (status !== 'pass' && status !== 'skip') return true;
  return !quiet && (verbose === true || (status === 'pass' && conclusions.has(id)));
}

/** What is not on a line of its own is at least counted. */
function counted(results: readonly CheckResult[], shown: readonly CheckResult[], { quiet, colors }: TextStyle): string[] {
  if (quiet) return [];
  const hidden = results.filter((result) => !shown.includes(result));
  const passed = hidden.filter(({ status }) => status === 'pass').length;
  const skipped = hidden.length - passed;
  const suppressed = hidden.filter((result) => result.suppressed).length;
  const also = shown.some(({ status }) => status === 'pass') ? ' more' : '';
  return [
    ...(passed > 0 ? [`  ${colors.green('PASS ')} ${passed}${also} ${passed === 1 ? 'check' : 'checks'}`] : []),
    ...(skipped > 0
      ? [`  ${colors.dim(`SKIP  ${skipped} (${suppressed > 0 ? `${suppressed} suppressed; ` : ''}--verbose says why)`)}`]
      : []),
  ];
}

function issuerOf({ route }: CheckResult, colors: Colors): string {
  return route?.issuer === undefined ? '' : colors.dim(` (${safe(route.issuer)})`);
}

function notes(report: Report, { quiet, colors }: TextStyle): string[] {
  return quiet ? [] : notesOf(report).map((note) => colors.dim(safe(note)));
}

function painted({ colors }: TextStyle): (status: Status, text: string) => string {
  return (status, text) => paint(status, colors)(text);
}

function paint(status: Status, colors: Colors): (text: string) => string {
  return { pass: colors.green, fail: colors.red, error: colors.magenta, warn: colors.yellow, skip: colors.dim }[status];
}

function indent(text: string): string {
  return text.replaceAll('\n', `\n${' '.repeat(18)}`);
}

function safe(text: string): string {
  return neutralizeForTerminal(text);
}
