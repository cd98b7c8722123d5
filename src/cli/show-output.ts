import { resolve } from 'node:path';
import { OutputUnwritableError, UsageError } from '../model/errors';
import { createReport, partName, type Report } from '../report/report';
import type { Call, CommandOutput, CommandSpec } from './command';
import type { Io } from './io';
import { knownFormat, lookOf, render } from './render';
import type { ReportFormat } from './report-formats';
import type { Uploads } from './upload-reports';

interface Showing {
  readonly command: CommandSpec;
  readonly call: Call;
  readonly io: Io;
  readonly version: string;
  /** Present where a report goes to a server. */
  readonly uploads?: Uploads | undefined;
}

/** A report that goes to a file or to a server. */
interface ReportPlace {
  readonly format: ReportFormat;
  readonly place: string;
}

/** Stands for the number of the shard in the place of a report, or for `all`. */
export const shardMark = '{shard}';

/** What was shown. */
export interface Shown {
  readonly report: Report;
  /** False when a server did not take a report, or a file could not be written any more. */
  readonly isDelivered: boolean;
}

/**
 * Where the reports of a call go. Asked for before the verb runs, so that a typing error does not cost its result.
 * @throws {UsageError} ERR_USAGE when a format is unknown, a place is missing, or a URL is given to a verb that opens no connection
 */
export function reportPlaces({ name, reports, uploads }: CommandSpec, { options }: Call): readonly ReportPlace[] {
  const places = (reports ? options.pairs('report', 'FORMAT=FILE, such as html=report.html') : []).map(([format, place]) => ({
    format: knownFormat(format),
    place,
  }));
  if (!uploads && places.some(({ place }) => isUrl(place)))
    throw new UsageError(`${name} sends nothing; --report writes to a file`, 'Send the file with curl, or let verify send its own report.');
  return places;
}

/** True for a report that goes to a server instead of a file. */
export function isUrl(place: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(place);
}

/** Prints the result of a verb, then writes and sends the reports that were asked for. */
export async function showOutput(output: CommandOutput, { command, call, io, version, uploads }: Showing): Promise<Shown> {
  const { run = { labels: {}, inputDigest: '' }, results, data } = output;
  const report = io.redactor.cleanAll(
    createReport({ verb: command.name, version, ...output.shownAs, run, results, ...(data && { data }) }),
  );
  if (output.token !== undefined) {
    io.write(`${output.token}\n`);
    return { report, isDelivered: true };
  }
  const rules = io.redactor.cleanAll(output.rules ?? []);
  const look = lookOf(call, io);
  const format = call.options.text('format') ?? 'text';
  const before = (name: string): string => (name === 'markdown' ? `${io.redactor.clean(output.markdown ?? '')}\n`.trimStart() : '');
  if (format === 'text' && output.stdout !== undefined) (output.isVerbatim === true ? io.write : io.print)(output.stdout);
  else if (format === 'markdown' && output.page !== undefined) io.print(output.page);
  else io.write(`${before(format)}${await render(format, report, look, rules)}`);
  if (format === 'text' && output.closing !== undefined) io.print(output.closing);
  let isDelivered = true;
  for (const { format: to, place: pattern } of reportPlaces(command, call)) {
    const place = pattern.replaceAll(shardMark, partName(report) ?? 'all');
    const text = `${before(to)}${await render(to, report, { ...look, color: false }, rules)}`;
    if (uploads && isUrl(place)) isDelivered = (await uploads.send(place, to, text)) && isDelivered;
    else isDelivered = (await isWritten(place, text, io)) && isDelivered;
  }
  return { report, isDelivered };
}

/** What was found counts even where a report of it cannot be written: the place was looked at before, so it changed meanwhile. */
async function isWritten(place: string, text: string, io: Io): Promise<boolean> {
  try {
    await io.files.writeAtomic(resolve(io.cwd, place), text);
    return true;
  } catch (error) {
    if (!(error instanceof OutputUnwritableError)) throw error;
    io.log(`kyma-guard: ${error.message}`);
    return false;
  }
}
