import type { Colors } from 'picocolors/types';
import type { CheckResult, Status } from '../model/check-result';
import { neutralizeForTerminal } from './neutralize';
import type { Report } from './report';

/** How the text looks. */
export interface TextStyle {
  readonly colors: Colors;
  /** Only what failed, warned or could not be told. @default false */
  readonly quiet?: boolean;
  /** Each passing check on a line of its own, skips with their reason. @default false */
  readonly verbose?: boolean;
}

/** The report for people: worst first within each place, then a line that counts. */
export function renderText(report: Report, style: TextStyle): string {
  const blocks = groups(report.results).map(([place, results]) => block(place, results, style));
  return [...blocks.filter((text) => text !== ''), ...notes(report, style), countLine(report, style)].join('\n') + '\n';
}

/** One result as the lines that stand under its place. */
export function renderResult(result: CheckResult, { colors }: Pick<TextStyle, 'colors'>): string {
  const label = paint(result.status, colors)(result.status.toUpperCase().padEnd(5));
  const severity = result.status === 'fail' || result.status === 'warn' ? `${result.severity} ` : '';
  const head = `  ${label} ${colors.bold(result.id)} ${severity}${colors.dim('-')} ${safe(result.message || result.title)}`;
  const detail = (
    [
      ['request', result.request],
      ['expected', result.expected],
      ['actual', result.actual],
      ['reason', result.reason],
      ['fix', result.fix],
      ['curl', result.curl],
      ['docs', result.docs],
    ] as const
  ).flatMap(([name, value]) => (value === undefined ? [] : [`        ${colors.dim(`${name}:`.padEnd(9))} ${indent(safe(value))}`]));
  return [head, ...(result.status === 'pass' || result.status === 'skip' ? [] : detail)].join('\n');
}

/** `file:line:column path` as editors and people follow it, or the object when there is no file. */
export function renderPlace({ where, route }: CheckResult): string {
  if (route) return `${route.method} ${route.host}${route.path}${route.issuer ? ` with ${route.issuer}` : ''}`;
  const position = where.line === undefined ? '' : `:${where.line}${where.column === undefined ? '' : `:${where.column}`}`;
  return [where.file && `${where.file}${position}`, where.object, where.path].filter(Boolean).join(' ');
}

const order: readonly Status[] = ['fail', 'error', 'warn', 'skip', 'pass'];

function groups(results: readonly CheckResult[]): [string, CheckResult[]][] {
  const byPlace = new Map<string, CheckResult[]>();
  for (const result of results) {
    const place = renderPlace(result);
    const group = byPlace.get(place);
    if (group) group.push(result);
    else byPlace.set(place, [result]);
  }
  return [...byPlace];
}

function block(place: string, results: readonly CheckResult[], style: TextStyle): string {
  const sorted = [...results].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  const shown = sorted.filter(({ status }) => style.verbose || !(status === 'pass' || status === 'skip'));
  const passed = results.filter(({ status }) => status === 'pass').length;
  if (style.quiet && shown.length === 0) return '';
  const rest =
    style.quiet || style.verbose || passed === 0 ? [] : [`  ${style.colors.green('PASS ')} ${passed} ${passed === 1 ? 'check' : 'checks'}`];
  const skipped = results.filter(({ status }) => status === 'skip').length;
  if (!style.quiet && !style.verbose && skipped > 0) rest.push(`  ${style.colors.dim(`SKIP  ${skipped} (--verbose says why)`)}`);
  return [style.colors.bold(safe(place)), ...shown.map((result) => renderResult(result, style)), ...rest, ''].join('\n');
}

function notes(report: Report, { quiet, colors }: TextStyle): string[] {
  const texts = report.data?.['notes'];
  if (quiet || !Array.isArray(texts)) return [];
  return texts.flatMap((note) => (typeof note === 'string' ? [colors.dim(safe(note))] : []));
}

function countLine({ summary }: Report, { colors }: TextStyle): string {
  const counts = order.toReversed().filter((status) => summary[status] > 0);
  const text = counts.map((status) => paint(status, colors)(`${summary[status]} ${status}`)).join(', ');
  return text === '' ? 'nothing was checked' : text;
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
