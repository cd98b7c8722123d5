import type { CheckResult } from '../model/check-result';
import { renderCounts } from './counts';
import { detailsOf, renderPlace } from './details';
import { neutralizeForTerminal, neutralizeForWorkflowCommand, neutralizeForWorkflowProperty } from './neutralize';
import { isFinding, levelOf, worstFirst } from './order';
import type { Report } from './report';

/**
 * GitHub shows this many annotations of each level and step, and drops the others without a word.
 * @see https://docs.github.com/en/actions/reference/limits
 */
const shownPerLevel = 10;
const commands = { error: 'error', warning: 'warning', note: 'notice' } as const;

/**
 * The report as workflow commands of GitHub Actions: annotations at the lines of the files, worst first, then what GitHub would not show as
 * ordinary lines, then the counts.
 */
export function renderGithub(report: Report): string {
  const findings = worstFirst(report.results.filter(isFinding));
  const levels = Object.keys(commands) as (keyof typeof commands)[];
  const shown = new Set(levels.flatMap((level) => findings.filter((result) => levelOf(result) === level).slice(0, shownPerLevel)));
  const rest = findings.filter((result) => !shown.has(result));
  return [
    ...[...shown].map(annotation),
    ...(rest.length > 0 ? [`${rest.length} more without annotation, since GitHub shows ${shownPerLevel} of a level:`] : []),
    ...rest.map((result) => neutralizeForTerminal(`  ${oneLine(`${renderPlace(result)} ${titleOf(result)} - ${messageOf(result)}`)}`)),
    `kyma-guard ${report.verb}: ${renderCounts(report)}\n`,
  ].join('\n');
}

function annotation(result: CheckResult): string {
  const { file, object, path } = result.where;
  const isFile = file !== undefined && file !== '<stdin>';
  const properties = [...(isFile ? fileProperties(file, result) : []), ['title', titleOf(result)] as const];
  const subject = result.route ? renderPlace(result) : [isFile ? undefined : file, object, path].filter(Boolean).join(' ');
  const text = [
    `${subject === '' ? '' : `${subject}: `}${messageOf(result)}`,
    ...detailsOf(result).map(([name, value]) => `${name}: ${value}`),
  ];
  const given = properties.map(([name, value]) => `${name}=${neutralizeForWorkflowProperty(value)}`).join(',');
  return `::${commands[levelOf(result)]} ${given}::${neutralizeForWorkflowCommand(text.join('\n'))}`;
}

function fileProperties(file: string, { where: { line, column } }: CheckResult): (readonly [name: string, value: string])[] {
  return [
    ['file', file.replaceAll('\\', '/').replace(/^(\.\/)+/, '')],
    ...(line === undefined ? [] : [['line', String(line)] as const]),
    ...(line === undefined || column === undefined ? [] : [['col', String(column)] as const]),
  ];
}

function titleOf({ id, severity, status }: CheckResult): string {
  return status === 'error' ? `could not tell: ${id}` : `${severity}: ${id}`;
}

function messageOf({ message, title }: CheckResult): string {
  return message || title;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
