import { exitCodes, type ExitCode } from './exit-code';
import type { Io } from './io';
import { renderHelp } from './help';
import { closest } from '../model/closest';
import { UsageError } from '../model/errors';
import { endWithError, runCommand } from './run-command';
import { verbs } from './verbs';

/**
 * One call of the command line.
 * @param args what stands behind `kyma-guard`
 * @returns the exit code (`exit-code.ts`)
 */
export async function main(args: readonly string[], io: Io, version: string): Promise<ExitCode> {
  try {
    const [first, ...rest] = args;
    if (first === undefined) throw withoutVerb(io);
    if (first === '--version' || first === '-V') return done(io, `${version}\n`);
    const [about] = rest;
    if (first === '--help' || first === '-h' || (first === 'help' && about === undefined)) return done(io, renderHelp());
    if (first === 'help') return await runVerb([about ?? '', '--help'], io, version);
    return await runVerb(args, io, version);
  } catch (error) {
    return endWithError(error, args, { io, version, verb: args[0] ?? '' });
  }
}

async function runVerb([name = '', ...args]: readonly string[], io: Io, version: string): Promise<ExitCode> {
  const verb = verbs.find((candidate) => candidate.name === name);
  if (!verb) throw unknownVerb(name);
  return runCommand(await verb.load(), args, io, version);
}

/** A pipeline whose variables are empty calls like this: nothing was checked, so it is no good end. */
function withoutVerb(io: Io): UsageError {
  io.log(renderHelp());
  return new UsageError('no verb is given, and nothing was done', 'Begin with one of the verbs above.');
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
