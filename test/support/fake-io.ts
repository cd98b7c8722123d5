import type { Io } from '../../src/cli/io';
import { diskFiles } from '../../src/files/files';
import { createRedactor } from '../../src/report/redact';

/** What a call wrote. */
export interface Captured {
  readonly io: Io;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** An `Io` whose streams are kept, with the real files of this machine. */
export function captureIo(overrides: Partial<Io> = {}): Captured {
  const out: string[] = [];
  const err: string[] = [];
  const redactor = overrides.redactor ?? createRedactor();
  const io: Io = {
    files: diskFiles,
    print: (text) => void out.push(redactor.clean(text)),
    write: (text) => void out.push(text),
    log: (line) => void err.push(`${redactor.clean(line)}\n`),
    progress: () => undefined,
    readStdin: async () => '',
    cwd: process.cwd(),
    env: {},
    redactor,
    signal: new AbortController().signal,
    now: () => new Date('2026-01-01T00:00:00Z'),
    isTerminal: false,
    ...overrides,
  };
  return { io, stdout: () => out.join(''), stderr: () => err.join('') };
}
