import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { RuntimeMessage, RuntimeSettings } from './runtime/runtime-settings';

/** How a process of the function runtime is started. */
export interface RuntimeProcessOptions {
  /** Compiled entry of the runtime. */
  readonly entry: string;
  readonly settings: RuntimeSettings;
  readonly folder: string;
  /** Everything the process gets to see; nothing of this process is added. */
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  readonly onMessage?: (message: RuntimeMessage) => void;
  /** Ends the process group when it aborts. @default - only `stop` ends it */
  readonly signal?: AbortSignal;
}

/** A process of the function runtime, with everything it starts itself. */
export interface RuntimeProcess {
  readonly pid: number | undefined;
  /** Resolves when the process is gone, with what is to be said about its end. Never rejects. */
  readonly ended: Promise<{ readonly code: number | null; readonly text: string }>;
  /** Asks the whole process group to end, and ends it after two seconds. */
  stop(): Promise<void>;
}

const graceMs = 2000;

/**
 * Starts a process as leader of its own group, with a pipe (descriptor 4) that ends when this process ends, even by `kill -9`:
 * the runtime watches it and takes its group along.
 */
export function startRuntimeProcess(options: RuntimeProcessOptions): RuntimeProcess {
  const child = spawn(process.execPath, [options.entry, JSON.stringify(options.settings)], {
    cwd: options.folder,
    env: { ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', options.onLine);
  // Only the runtime of this program writes to the channel before user code is loaded; the form is checked by its reader.
  child.on('message', (message) => options.onMessage?.(message as RuntimeMessage));
  child.stdio[4]?.on('error', () => undefined);
  const ended = endOf(child);
  const abort = (): void => void stop(child, ended);
  options.signal?.addEventListener('abort', abort);
  void ended.then(() => options.signal?.removeEventListener('abort', abort));
  if (options.signal?.aborted) abort();
  return { pid: child.pid, ended, stop: () => stop(child, ended) };
}

function endOf(child: ChildProcess): RuntimeProcess['ended'] {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve({ code: null, text: `could not be started: ${error.message}` });
    });
    child.once('exit', (code, signal) => {
      signalGroup(child, 'SIGKILL');
      resolve({ code, text: signal ? `was ended by ${signal}` : `ended with code ${code ?? 0}` });
    });
  });
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}

/** The group outlives its leader as long as something in it runs. A group that is gone is fine. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // nobody is left in it
  }
}
