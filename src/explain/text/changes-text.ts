import type { Changes, ExplainedChange } from '../against/explain-changes';
import { markdownTable, type MarkdownWriter } from './markdown';
import { oneLine } from './one-line';

/** What a change opens, alters and closes, for a terminal. */
export function changesText({ changes, open }: Changes): string {
  const blocks = changes.map((change) => changeLines(change).map(indented).join('\n'));
  const notes = open.map(({ text }) => `note: cannot be told: ${oneLine(text)}`);
  return `${[...blocks, ...notes, countText(changes, open)].join('\n')}\n`;
}

/** What a change opens, alters and closes, as Markdown. */
export function changesMarkdown({ changes, open }: Changes, writer: MarkdownWriter): string {
  const rows = changes.map(({ kind, request, caller, before, after, beforeRule, afterRule }) => [
    ...[kind, { code: request }, caller],
    `${before}${ruleText(beforeRule)}`,
    `${after}${ruleText(afterRule)}`,
  ]);
  const table = rows.length === 0 ? '' : `${markdownTable(writer, ['Change', 'Request', 'Caller', 'Before', 'After'], rows)}\n`;
  const notes = open.map(({ text }) => `- cannot be told: ${writer.text(text)}\n`).join('');
  return `## What the change opens\n\n${table}${notes}${notes === '' ? '' : '\n'}${writer.text(countText(changes, open))}\n`;
}

function changeLines({ kind, request, caller, before, after, beforeRule, afterRule }: ExplainedChange): string[] {
  return [
    `${kind.toUpperCase()} ${request} ${caller}`,
    `  before: ${before}${ruleText(beforeRule)}`,
    `  after:  ${after}${ruleText(afterRule)}`,
  ];
}

function ruleText(rule: string | undefined): string {
  return rule === undefined ? '' : ` (APIRule ${rule})`;
}

function indented(line: string): string {
  return `${/^ */.exec(line)?.[0] ?? ''}${line
    .trimStart()
    .split(/[\r\n]+/)
    .join(' ')}`;
}

function countText(changes: readonly ExplainedChange[], open: Changes['open']): string {
  if (changes.length === 0)
    return open.length === 0 ? 'no request is treated otherwise than before' : 'no change was found in what can be told';
  const count = (kind: ExplainedChange['kind']): string => `${changes.filter((change) => change.kind === kind).length} ${kind}`;
  return [count('opened'), count('altered'), count('closed')].join(', ');
}
