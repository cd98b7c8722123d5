import { resolve } from 'node:path';
import type { Report } from '../report/report';
import { textOfError } from './show-error';
import type { OptionSpec } from './command';
import type { ExitCode } from './exit-code';
import type { Io } from './io';

/** Option of every verb that writes reports. */
export const terminationOption: OptionSpec = {
  flags: '--termination-message <FILE>',
  help: 'also write what it comes to into this file, at most 4096 bytes: /dev/termination-log in a Pod',
};

/**
 * Leaves what a run came to.
 * @throws {OutputUnwritableError} ERR_OUTPUT_UNWRITABLE
 */
export async function leaveReport(file: string | undefined, report: Report, code: ExitCode, io: Io): Promise<void> {
  if (file === undefined) return;
  const { renderTerminationMessage } = await import('../report/termination-message.js');
  await io.files.writeInto(resolve(io.cwd, file), renderTerminationMessage(report, code));
}

/** Leaves why there is no result. The call itself may be what is wrong, so the file is looked for among the arguments. */
export async function leaveError(args: readonly string[], error: unknown, code: ExitCode, io: Io): Promise<void> {
  const file = fileAmong(args);
  if (file === undefined) return;
  const { bounded } = await import('../report/termination-message.js');
  const [first = '', ...rest] = textOfError(error, io.signal).map((line) => io.redactor.clean(line));
  try {
    await io.files.writeInto(resolve(io.cwd, file), bounded(`${first}; exit code ${code}`, rest));
  } catch {
    io.log(`kyma-guard: cannot write ${file} either`);
  }
}

function fileAmong(args: readonly string[]): string | undefined {
  const name = '--termination-message';
  const at = args.indexOf(name);
  return at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
}
