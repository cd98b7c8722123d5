import { resolve } from 'node:path';
import { createReport } from '../report/report';
import type { Call, CommandOutput, CommandSpec } from './command';
import type { Io } from './io';
import { lookOf, render } from './render';

interface Showing {
  readonly command: CommandSpec;
  readonly call: Call;
  readonly io: Io;
  readonly version: string;
}

/** Prints the result of a verb and writes the report files that were asked for. */
export async function showOutput(output: CommandOutput, { command, call, io, version }: Showing): Promise<void> {
  if (output.token !== undefined) {
    io.printToken(output.token);
    return;
  }
  const { run = { labels: {}, inputDigest: '' }, results, data } = output;
  const report = createReport({ verb: command.name, run, results, version, ...(data && { data }) });
  const look = lookOf(call, io);
  for (const [format, file] of command.reports ? call.options.pairs('report') : []) {
    const text = await render(format, report, { ...look, color: false });
    await io.files.writeAtomic(resolve(io.cwd, file), io.redactor.clean(text));
  }
  const format = call.options.text('format') ?? 'text';
  const own = format === 'text' ? output.stdout : undefined;
  io.print(own ?? (await render(format, report, look)));
  if (format === 'text' && output.closing !== undefined) io.print(output.closing);
}
