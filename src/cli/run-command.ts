import { resolve } from 'node:path';
import { UsageError } from '../model/errors';
import type { Call, CommandOutput, CommandSpec } from './command';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-code';
import type { Io } from './io';
import { parseCall } from './parse-call';
import { showError } from './show-error';
import { isUrl, reportPlaces, shardMark, showOutput } from './show-output';
import { leaveError, leaveReport } from './termination-message';
import type { Uploads } from './upload-reports';

/**
 * One call of one verb: reads its arguments, runs it and shows what came out.
 * @param args what stands behind the verb
 * @throws {UsageError} ERR_USAGE when the arguments are wrong; and whatever the verb throws
 */
export async function runCommand(command: CommandSpec, args: readonly string[], io: Io, version: string): Promise<ExitCode> {
  const parsed = parseCall(command, args);
  if (parsed.kind === 'help') {
    io.print(parsed.text);
    return exitCodes.ok;
  }
  const { call } = parsed;
  const uploads = await checkOutputs(command, call, io);
  const output = await command.run(call, io);
  const { report, isDelivered } = await showOutput(output, { command, call, io, version, uploads });
  const code = finalCode(command, output, { isDelivered, io });
  await leaveReport(call.options.text('termination-message'), report, code, io);
  return code;
}

/** Ends a call that threw: tells the user, and leaves the reason where `--termination-message` says. @returns the exit code */
export async function endWithError(
  error: unknown,
  args: readonly string[],
  { io, version, verb }: { readonly io: Io; readonly version: string; readonly verb: string },
): Promise<ExitCode> {
  const code = await showError(error, { io, version, format: formatOf(args), verb });
  await leaveError(args, error, code, io);
  return code;
}

function finalCode(command: CommandSpec, output: CommandOutput, { isDelivered, io }: { isDelivered: boolean; io: Io }): ExitCode {
  const code = exitCodeOf(output, output.threshold);
  // What was stopped in the middle proved nothing, unless stopping is how the verb ends.
  const isWhole = command.endsBySignal === true || output.isWhole === true;
  const isCut = io.signal.aborted && !isWhole;
  return code === exitCodes.ok && (isCut || !isDelivered) ? exitCodes.undecided : code;
}

/** Finds mistakes in where the result goes before the verb does anything. */
async function checkOutputs(command: CommandSpec, call: Call, io: Io): Promise<Uploads | undefined> {
  const places = reportPlaces(command, call).map(({ place }) => place);
  const urls = places.filter(isUrl);
  for (const place of places) if (!urls.includes(place)) await io.files.mustBeWritable(resolve(io.cwd, place.replaceAll(shardMark, 'all')));
  call.options.pairs('label');
  if (urls.length === 0 && call.options.text('report-token-file') !== undefined)
    throw new UsageError('--report-token-file needs a report that goes to a server', 'Give --report FORMAT=https://HOST/PATH, too.');
  return urls.length === 0 ? undefined : (await import('./upload-reports.js')).openUploads(urls, call, io);
}

/** Read before the real parsing, because an error in the call itself is shown in the format that was asked for. */
function formatOf(args: readonly string[]): string {
  const at = args.indexOf('--format');
  return (at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith('--format='))?.slice('--format='.length)) ?? 'text';
}
