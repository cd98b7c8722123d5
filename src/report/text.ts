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
  const head = `  ${label} ${colors.bold(result.id)} ${severity}${colors.dim('-')} ${safe(result.message || result.title)}${issuerOf(result, colors)}`;
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

/** Conclusions over a whole route: they are what a reader looks for, so they are shown also when all is well. */
const conclusions: ReadonlySet<string> = new Set(['closed-to-anonymous', 'protected', 'public-open']);

/** `file:line:column path` as editors and people follow it, or the object when there is no file. */
export function renderPlace({ where, route }: CheckResult): string {
  if (route) return `${route.method} ${route.host}${route.path}`;
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
  const shown = sorted.filter((result) => isShown(result, style));
  if (style.quiet && shown.length === 0) return '';
  const lines = shown.map((result) => renderResult(result, style));
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
  const also = shown.some(({ status }) => status === 'pass') ? ' more' : '';
  return [
    ...(passed > 0 ? [`  ${colors.green('PASS ')} ${passed}${also} ${passed === 1 ? 'check' : 'checks'}`] : []),
    ...(skipped > 0 ? [`  ${colors.dim(`SKIP  ${skipped} (--verbose says why)`)}`] : []),
  ];
}

function issuerOf({ route }: CheckResult, colors: Colors): string {
  return route?.issuer === undefined ? '' : colors.dim(` (${safe(route.issuer)})`);
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
