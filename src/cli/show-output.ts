import { resolve } from 'node:path';
import { createReport } from '../report/report';
import type { Call, CommandOutput, CommandSpec } from './command';
import type { Io } from './io';
import { knownFormat, lookOf, render } from './render';

interface Showing {
  readonly command: CommandSpec;
  readonly call: Call;
  readonly io: Io;
  readonly version: string;
}

/** A report that goes to a file. */
interface ReportFile {
  readonly format: string;
  readonly file: string;
}

/**
 * The report files of a call. Asked for before the verb runs, so that a typing error does not cost its result.
 * @throws {UsageError} ERR_USAGE when a format is unknown or a file is missing
 */
export function reportFiles({ reports }: CommandSpec, { options }: Call): readonly ReportFile[] {
  return (reports ? options.pairs('report') : []).map(([format, file]) => ({ format: knownFormat(format), file }));
}

/** Prints the result of a verb, then writes the report files that were asked for. */
export async function showOutput(output: CommandOutput, { command, call, io, version }: Showing): Promise<void> {
  if (output.token !== undefined) {
    io.write(`${output.token}\n`);
    return;
  }
  const { run = { labels: {}, inputDigest: '' }, results, data } = output;
  const report = io.redactor.cleanAll(
    createReport({ verb: command.name, version, ...output.shownAs, run, results, ...(data && { data }) }),
  );
  const rules = io.redactor.cleanAll(output.rules ?? []);
  const look = lookOf(call, io);
  const format = call.options.text('format') ?? 'text';
  const before = (name: string): string => (name === 'markdown' ? `${io.redactor.clean(output.markdown ?? '')}\n`.trimStart() : '');
  if (format === 'text' && output.stdout !== undefined) io.print(output.stdout);
  else if (format === 'markdown' && output.page !== undefined) io.print(output.page);
  else io.write(`${before(format)}${await render(format, report, look, rules)}`);
  if (format === 'text' && output.closing !== undefined) io.print(output.closing);
  for (const { format: to, file } of reportFiles(command, call)) {
    await io.files.writeAtomic(resolve(io.cwd, file), `${before(to)}${await render(to, report, { ...look, color: false }, rules)}`);
  }
}
