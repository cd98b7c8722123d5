import type { Call, CommandOutput, CommandSpec } from './command';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-code';
import type { Io } from './io';
import { showError } from './show-error';
import { parseCall, type ParsedCall } from './parse-call';
import { isUrl, reportPlaces, showOutput } from './show-output';
import { leaveError, leaveReport } from './termination-message';
import type { Uploads } from './upload-reports';
import { renderHelp } from './help';
import { closest } from '../model/closest';
import { UsageError } from '../model/errors';
import { verbs } from './verbs';

/**
 * One call of the command line.
 * @param args what stands behind `kyma-guard`
 * @returns the exit code (`exit-code.ts`)
 */
export async function main(args: readonly string[], io: Io, version: string): Promise<ExitCode> {
  const format = formatOf(args);
  try {
    const [first = '--help', ...rest] = args;
    if (first === '--version' || first === '-V') return done(io, `${version}\n`);
    if (first === '--help' || first === '-h') return done(io, renderHelp());
    if (first === 'help') return await runVerb(rest[0] === undefined ? ['--help'] : [rest[0], '--help'], io, version);
    return await runVerb(args, io, version);
  } catch (error) {
    const code = await showError(error, { io, version, format, verb: args[0] ?? '' });
    await leaveError(args, error, code, io);
    return code;
  }
}

async function runVerb([name = '', ...args]: readonly string[], io: Io, version: string): Promise<ExitCode> {
  const verb = verbs.find((candidate) => candidate.name === name);
  if (!verb) throw unknownVerb(name);
  const command: CommandSpec = await verb.load();
  const parsed: ParsedCall = parseCall(command, args);
  if (parsed.kind === 'help') return done(io, parsed.text);
  const { call } = parsed;
  const uploads = await checkOutputs(command, call, io);
  const output = await command.run(call, io);
  const { report, isDelivered } = await showOutput(output, { command, call, io, version, uploads });
  const code = finalCode(command, output, { isDelivered, io });
  await leaveReport(call.options.text('termination-message'), report, code, io);
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
  const urls = reportPlaces(command, call)
    .map(({ place }) => place)
    .filter(isUrl);
  call.options.pairs('label');
  return urls.length === 0 ? undefined : (await import('./upload-reports.js')).openUploads(urls, call, io);
}

function unknownVerb(name: string): UsageError {
  const names = verbs.map((verb) => verb.name);
  const near = closest(name, names);
  return new UsageError(`there is no verb "${name}"${near ? `; did you mean "${near}"?` : ''}`, `The verbs are ${names.join(', ')}.`);
}

function done(io: Io, text: string): ExitCode {
  io.print(text);
  return exitCodes.ok;
}

/** Read before the real parsing, because an error in the call itself is shown in the format that was asked for. */
function formatOf(args: readonly string[]): string {
  const at = args.indexOf('--format');
  return (at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith('--format='))?.slice('--format='.length)) ?? 'text';
}
