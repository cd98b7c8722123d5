import { ConfigInvalidError, KymaGuardError, ManifestInvalidError } from '../model/errors';
import { neutralizeForTerminal } from '../report/neutralize';
import { createReport } from '../report/report';
import { exitCodeOfError, exitCodes, type ExitCode } from './exit-code';
import type { Io } from './io';
import { render } from './render';

interface ErrorContext {
  readonly io: Io;
  readonly version: string;
  readonly format: string;
  readonly verb: string;
}

/** Tells the user what went wrong and what to do next; the one place where errors end. */
export async function showError(error: unknown, context: ErrorContext): Promise<ExitCode> {
  const { io } = context;
  if (!io.signal.aborted && (error instanceof ConfigInvalidError || error instanceof ManifestInvalidError))
    await showResults(error, context);
  for (const line of textOfError(error, io.signal)) io.log(neutralizeForTerminal(line));
  return io.signal.aborted ? exitCodes.undecided : exitCodeOfError(error);
}

/** What is told of an error: what is wrong, then what to do next. */
export function textOfError(error: unknown, signal: AbortSignal): string[] {
  if (signal.aborted) return ['kyma-guard: stopped before it was done; nothing can be concluded'];
  if (error instanceof KymaGuardError) return [`kyma-guard: ${error.message} (${error.code})`, `  ${error.hint}`];
  return [`kyma-guard: a defect of kyma-guard itself: ${describe(error)}`, '  Please report it with the command line and this text.'];
}

async function showResults(
  { results }: ConfigInvalidError | ManifestInvalidError,
  { io, version, format, verb }: ErrorContext,
): Promise<void> {
  if (format === 'json') {
    io.write(
      await render('json', io.redactor.cleanAll(createReport({ verb, run: { labels: {}, inputDigest: '' }, results, version })), plain),
    );
    return;
  }
  const { renderPlace } = await import('../report/details.js');
  for (const result of results) {
    io.log(neutralizeForTerminal(`${renderPlace(result)}: ${result.message}${result.fix === undefined ? '' : `\n  ${result.fix}`}`));
  }
}

const plain = { color: false, quiet: false, verbose: true };

/** The stack is for developers of the tool: shown, because this is a defect, but without paths of node's own modules. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = (error.stack ?? '').split('\n').filter((line) => !line.includes('node:internal'));
  return stack.slice(0, 6).join('\n') || error.message;
}
