import type { AccessRow, HostAccess, Matrix } from '../matrix/matrix';
import { accessNames, noHost, rowDetails, workloadText } from './access-words';
import { columns } from './columns';
import { oneLine } from './one-line';

const head = ['PATH', 'METHODS', 'ACCESS', 'WORKLOAD', 'RULE'];

/** The matrix for a terminal: one table for each host. */
export function matrixText({ hosts }: Matrix): string {
  return hosts.length === 0 ? `${noHost}\n` : hosts.map(hostText).join('\n');
}

function hostText(host: HostAccess): string {
  const otherwise = ['anything else', '', host.otherwise];
  const lines = columns([head, ...host.rows.map(cells), otherwise]);
  const [first = '', ...rows] = lines;
  const body = host.rows.flatMap((row, index) => [
    rows[index] ?? '',
    ...rowDetails(row).map((detail) => `    ${detail.startsWith(' ') ? '  ' : ''}${oneLine(detail)}`),
  ]);
  const cors = host.corsOrigins ? [`CORS: the gateway answers preflights of ${host.corsOrigins.map(oneLine).join(', ')}`] : [];
  const notes = [...cors, ...host.notes.map((note) => `note: ${oneLine(note)}`)];
  const table = host.rows.length === 0 ? [] : [first, ...body, rows.at(-1) ?? ''];
  return [oneLine(host.host), ...[...table, ...notes].map((line) => `  ${line}`), ''].join('\n');
}

function cells(row: AccessRow): string[] {
  return [row.path, row.methods.join(','), accessNames[row.access], workloadText(row), row.rule].map(oneLine);
}
