import type { CheckResult } from '../model/check-result';
import { detailsOf, renderPlace, renderSuppression } from './details';
import { renderExcerpt } from './excerpt';
import { neutralizeForXml } from './neutralize';
import { groupBy, isFinding, worstFirst } from './order';
import { checkedObjects, type Report } from './report';

/** A test case as CI systems count it. */
interface Case {
  readonly kind: 'failure' | 'error' | 'skipped' | 'passed';
  readonly xml: string;
}

/**
 * The report as JUnit XML: a suite per file, or per route for what `verify` asked; a case per object and check. What warns passes and says
 * so in its output, since CI systems know no warning. There are no times: offline verbs give the same bytes for the same input.
 */
export function renderJunit(report: Report): string {
  const suites = groupBy(report.results, (result) => suiteName(result, report)).map(([name, results]) => ({ name, cases: cases(results) }));
  const checked = checkedObjects(report) ?? 0;
  if (checked > 0 && !report.results.some(isFinding)) suites.unshift({ name: toolSuite(report), cases: [allWell(checked)] });
  const all = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: toolSuite(report), ...counts(all) })}>`,
    ...suites.flatMap(({ name, cases: own }) => [
      `  <testsuite${attributes({ name, ...counts(own), ...timestamp(report) })}>`,
      ...own.map(({ xml }) => xml),
      '  </testsuite>',
    ]),
    '</testsuites>\n',
  ].join('\n');
}

function toolSuite({ verb }: Report): string {
  return `kyma-guard ${verb}`;
}

function suiteName({ route, where }: CheckResult, report: Report): string {
  return route ? `${route.method} ${route.host}${route.path}` : (where.file ?? toolSuite(report));
}

function cases(results: readonly CheckResult[]): Case[] {
  const keyOf = ({ id, where, route }: CheckResult): string => JSON.stringify([id, where.object, route?.method, route?.issuer]);
  return groupBy(results, keyOf).map(([, group]) => testCase(worstFirst(group)));
}

/** One object and one check; the worst of its results decides, the others stand in its output. */
function testCase(results: readonly CheckResult[]): Case {
  const [worst] = results;
  if (!worst) return { kind: 'passed', xml: '' };
  const deciding = results.filter(({ status }) => status === worst.status);
  const others = results.filter(({ status }) => status !== worst.status && status !== 'pass');
  const more = deciding.length > 1 ? ` (and ${deciding.length - 1} more)` : '';
  const message = `${worst.suppressed ? `${renderSuppression(worst)}; ` : ''}${worst.message || worst.title}${more}`;
  const { route, where } = worst;
  const name = `${worst.id}: ${worst.title}${route?.issuer === undefined ? '' : ` (${route.issuer})`}`;
  const open = `    <testcase${attributes({ classname: route ? renderPlace(worst) : (where.object ?? where.file ?? worst.id), name })}>`;
  const said = worst.status === 'warn' ? [...deciding, ...others] : others;
  const output = said.length > 0 ? element('system-out', {}, said) : '';
  const wrap = (kind: Case['kind'], inner: string): Case => ({ kind, xml: `${open}${inner}${output}</testcase>` });
  if (worst.status === 'fail') return wrap('failure', element('failure', { message, type: worst.severity }, deciding));
  if (worst.status === 'error') return wrap('error', element('error', { message, type: 'could not tell' }, deciding));
  if (worst.status === 'skip') return wrap('skipped', `<skipped${attributes({ message })}/>`);
  return wrap('passed', '');
}

function allWell(checked: number): Case {
  const name = `${checked} ${checked === 1 ? 'object' : 'objects'} checked, no finding`;
  return { kind: 'passed', xml: `    <testcase${attributes({ classname: 'kyma-guard', name })}></testcase>` };
}

function element(tag: string, values: Readonly<Record<string, string>>, results: readonly CheckResult[]): string {
  return `<${tag}${attributes(values)}>${neutralizeForXml(results.map(describe).join('\n\n'))}</${tag}>`;
}

function describe(result: CheckResult): string {
  const head = `${renderPlace(result)}: ${result.status} ${result.severity} ${result.id}: ${result.message || result.title}`;
  const details = detailsOf(result).map(([name, value]) => `${name}: ${value}`);
  return [head, ...renderExcerpt(result.where), ...(result.suppressed ? [renderSuppression(result)] : details)].join('\n');
}

function counts(all: readonly Case[]): Readonly<Record<string, number>> {
  const count = (kind: Case['kind']): number => all.filter((one) => one.kind === kind).length;
  return { tests: all.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

/** In the form of the JUnit schema: no fraction, no zone. */
function timestamp({ run }: Report): Readonly<Record<string, string>> {
  return run.startedAt === undefined ? {} : { timestamp: run.startedAt.slice(0, 19) };
}

/** White space in a value would be read as a blank each. */
function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${neutralizeForXml(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`)
    .join('');
}
