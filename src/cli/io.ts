import type { Files } from '../files/files';
import type { Redactor } from '../report/redact';

/** Everything a command may touch of the outside: real in `bin.ts`, made up in tests. */
export interface Io {
  readonly files: Files;
  /** Writes to standard output. Carries the result only; goes through redaction. */
  readonly print: (text: string) => void;
  /** Writes to standard output as it is: a report whose every text was redacted, documents of the user that were asked for, or a token. */
  readonly write: (text: string) => void;
  /** Writes a line to standard error: progress, hints, logs; goes through redaction. */
  readonly log: (line: string) => void;
  /** Rewrites the last line on a terminal; does nothing when standard error is none. */
  readonly progress: (line: string) => void;
  readonly readStdin: () => Promise<string>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly redactor: Redactor;
  /** Aborts when the user presses Ctrl-C or the process is asked to end. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** True when standard output is a terminal. */
  readonly isTerminal: boolean;
}
