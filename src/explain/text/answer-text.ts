import { printManifests } from '../../model/print-manifests';
import type { Answer, StatusLine } from '../answer';
import { changesMarkdown, changesText } from './changes-text';
import { columns } from './columns';
import { markdownTable, type MarkdownWriter } from './markdown';
import { matrixMarkdown } from './matrix-markdown';
import { matrixText } from './matrix-text';
import { oneLine } from './one-line';
import { explanationMarkdown, explanationText } from './request-text';

/** The answer for a terminal; YAML where objects were asked for. Text from manifests stands in it as it is. */
export function answerText(answer: Answer): string {
  switch (answer.kind) {
    case 'matrix':
      return [matrixText(answer.matrix), statusText(answer.apiRules), missingText(answer.missing)].filter((text) => text !== '').join('\n');
    case 'istio':
      return answer.objects
        .map(({ object, remark }) => `${remark === undefined ? '' : comment(remark)}${printManifests([object])}`)
        .join('---\n');
    case 'request':
      return [explanationText(answer.decision), missingText(answer.missing)].filter((text) => text !== '').join('\n');
    case 'close':
      return `${answer.policy.remarks.map(comment).join('')}${printManifests([answer.policy.object])}`;
    case 'against':
      return changesText(answer.changes);
  }
}

/** The answer as Markdown. */
export function answerMarkdown(answer: Answer, writer: MarkdownWriter): string {
  switch (answer.kind) {
    case 'matrix':
      return `## Who may call what\n\n${matrixMarkdown(answer.matrix, writer)}${statusMarkdown(answer.apiRules, writer)}`;
    case 'istio':
    case 'close':
      return `${writer.fence(answerText(answer))}\n`;
    case 'request':
      return explanationMarkdown(answer.decision, writer);
    case 'against':
      return changesMarkdown(answer.changes, writer);
  }
}

function comment(text: string): string {
  return `# ${oneLine(text)}\n`;
}

const statusHead = ['APIRULE', 'STATE', 'LAST RECONCILE', 'LAST CHANGE'];

function statusText(apiRules: readonly StatusLine[]): string {
  if (apiRules.length === 0) return '';
  const [head = '', ...lines] = columns([statusHead, ...apiRules.map(statusCells)].map((cells) => cells.map(oneLine)));
  const body = apiRules.flatMap(({ description }, index) => [
    lines[index] ?? '',
    ...(description === undefined ? [] : [`    ${oneLine(description)}`]),
  ]);
  return `${[head, ...body].join('\n')}\n`;
}

function statusCells({ apiRule, state, lastReconcile, lastChange, origin }: StatusLine): string[] {
  const change = lastChange ? `${lastChange.manager} ${lastChange.time}` : 'unknown (--show-managed-fields)';
  return [apiRule, origin === undefined ? state : `${state} (${origin})`, lastReconcile ?? 'unknown', change];
}

function statusMarkdown(apiRules: readonly StatusLine[], writer: MarkdownWriter): string {
  if (apiRules.length === 0) return '';
  const rows = apiRules.map((line) => [...statusCells(line), line.description ?? '']);
  return `### APIRules\n\n${markdownTable(writer, ['APIRule', 'State', 'Last reconcile', 'Last change', 'Description'], rows)}\n`;
}

function missingText(missing: readonly string[]): string {
  return missing.map((text) => `note: ${oneLine(text)}\n`).join('');
}
