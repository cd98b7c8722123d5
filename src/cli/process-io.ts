import { decodeText } from '../files/decode-text';
import { diskFiles } from '../files/files';
import { createRedactor } from '../report/redact';
import { exitCodes, type ExitCode } from './exit-code';
import type { Io } from './io';

/** How long a verb may take to clean up after the first signal. */
const graceMs = 15_000;

/** Signals that are closer together than this are one and the same wish. */
const sameSignalMs = 1_000;

/** Runs one call in this process: real streams, real signals; ends with the exit code of the call. */
export async function runProcess(call: (io: Io) => Promise<ExitCode>): Promise<void> {
  const abort = new AbortController();
  let firstAt = 0;
  const stop = () => {
    // An impatient second signal, or a verb that does not come to an end, is not waited for. The same Ctrl-C can arrive twice, though:
    // from the terminal, and once more from npm or timeout in front of this process.
    if (abort.signal.aborted && Date.now() - firstAt > sameSignalMs) process.exit(exitCodes.undecided);
    if (abort.signal.aborted) return;
    firstAt = Date.now();
    abort.abort();
    setTimeout(() => process.exit(exitCodes.undecided), graceMs).unref();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  // A reader that closes early (`| head`) is no defect of ours.
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
  const code = await call(processIo(abort.signal));
  process.exitCode = code;
  if (process.stdout.writableLength === 0) return;
  await new Promise<void>((resolve) => void process.stdout.write('', () => resolve()));
}

function processIo(signal: AbortSignal): Io {
  const redactor = createRedactor();
  const terminal = isTerminal(process.stderr);
  let line = 0;
  const wipe = () => (line > 0 ? `\r${' '.repeat(line)}\r` : '');
  const write = (text: string) => {
    const gap = wipe();
    line = 0;
    process.stderr.write(`${gap}${redactor.clean(text)}\n`);
  };
  const toStdout = (text: string) => {
    if (line > 0) process.stderr.write(wipe());
    line = 0;
    process.stdout.write(text);
  };
  return {
    files: diskFiles,
    print: (text) => toStdout(redactor.clean(text)),
    write: toStdout,
    log: write,
    progress: (text) => {
      if (!terminal) return;
      const shown = redactor.clean(text).slice(0, process.stderr.columns - 1);
      process.stderr.write(`${wipe()}${shown}`);
      line = shown.length;
    },
    readStdin,
    cwd: process.cwd(),
    env: process.env,
    redactor,
    signal,
    now: () => new Date(),
    isTerminal: isTerminal(process.stdout),
  };
}

/** Streams that are no terminal have no such member at all. */
function isTerminal(stream: { isTTY?: boolean }): boolean {
  return stream.isTTY ?? false;
}

/** @throws {FileUnreadableError} ERR_FILE_UNREADABLE when what comes is binary or not valid text */
async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return decodeText('<stdin>', Buffer.concat(chunks));
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
