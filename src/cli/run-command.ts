import type { Call, CommandSpec } from './command';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-code';
import type { Io } from './io';
import { parseCall } from './parse-call';
import { reportFiles, showOutput } from './show-output';

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
  checkOutputs(command, parsed.call);
  const output = await command.run(parsed.call, io);
  await showOutput(output, { command, call: parsed.call, io, version });
  const code = exitCodeOf(output, output.threshold);
  // What was stopped in the middle proved nothing, unless stopping is how the verb ends.
  const isWhole = command.endsBySignal === true || output.isWhole === true;
  return code === exitCodes.ok && io.signal.aborted && !isWhole ? exitCodes.undecided : code;
}

/** Finds mistakes in where the result goes before the verb does anything. */
function checkOutputs(command: CommandSpec, call: Call): void {
  reportFiles(command, call);
  call.options.pairs('label');
}

/** Read before the real parsing, because an error in the call itself is shown in the format that was asked for. */
export function formatOf(args: readonly string[]): string {
  const at = args.indexOf('--format');
  return (at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith('--format='))?.slice('--format='.length)) ?? 'text';
}
