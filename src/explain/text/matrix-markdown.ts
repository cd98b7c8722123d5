import type { AccessRow, HostAccess, Matrix } from '../matrix/matrix';
import { accessNames, noHost, rowDetails, workloadText } from './access-words';
import { markdownTable, type Cell, type MarkdownWriter } from './markdown';

/** The matrix as Markdown: one table for each host. */
export function matrixMarkdown({ hosts }: Matrix, writer: MarkdownWriter): string {
  return hosts.length === 0 ? `${writer.text(noHost)}\n` : hosts.map((host) => hostMarkdown(host, writer)).join('\n');
}

function hostMarkdown(host: HostAccess, writer: MarkdownWriter): string {
  const rows = [...host.rows.map(cells), ['anything else', '', host.otherwise, '', '']];
  const cors = host.corsOrigins ? [`CORS: the gateway answers preflights of ${host.corsOrigins.join(', ')}`] : [];
  const notes = [...cors, ...host.notes].map((note) => `- ${writer.text(note)}\n`);
  const table = host.rows.length === 0 ? '' : `${markdownTable(writer, ['Path', 'Methods', 'Who', 'Workload', 'Rule'], rows)}\n`;
  return `### ${writer.text(host.host)}\n\n${table}${notes.length > 0 ? `${notes.join('')}\n` : ''}`;
}

function cells(row: AccessRow): Cell[] {
  // What is indented belongs to the line before it.
  const who = rowDetails(row).reduce((text, line) => `${text}${line.startsWith(' ') ? ' ' : '; '}${line.trim()}`, accessNames[row.access]);
  return [row.methods.length === 0 ? row.path : { code: row.path }, row.methods.join(', '), who, workloadText(row), row.rule];
}
