import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { LocalStartError } from '../../model/errors';

/** How Envoy is started. */
export interface EnvoyProcessOptions {
  readonly program: string;
  /** Bootstrap file, JSON. */
  readonly configFile: string;
  /** Number of worker threads. @default 1 */
  readonly workers?: number;
  /** Takes what Envoy says at level error or above. */
  readonly log: (line: string) => void;
  /** In milliseconds. @default 60000 */
  readonly startLimitMs?: number;
}

/** An Envoy that runs. */
export interface EnvoyProcess {
  /** Process id of Envoy's watcher, which leads the process group. */
  readonly pid: number | undefined;
  /** Resolves when Envoy is gone, with what is to be said about its end. Never rejects. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Ends Envoy when descriptor 3 ends, which it does with this process, even by `kill -9`; and ends itself with Envoy. */
const watcher =
  '"$@" 3<&- & envoy=$!; { read -r _ <&3; kill -KILL "$envoy"; } 2>/dev/null & watch=$!; wait "$envoy"; code=$?; kill "$watch"; exit "$code"';
const ready = 'starting main dispatch loop';
const refusal = /config (?:update )?rejected|threw exception/;

/**
 * Starts Envoy and resolves when it has taken the configuration; it listens a moment later.
 * @throws {LocalStartError} ERR_LOCAL_START when it cannot be started, refuses the configuration or takes too long
 */
export async function startEnvoyProcess(options: EnvoyProcessOptions): Promise<EnvoyProcess> {
  const { program, configFile, workers = 1, log, startLimitMs = 60_000 } = options;
  // Changes count at once, also on connections between the hops that are kept.
  const drain = ['--drain-time-s', '1', '--drain-strategy', 'immediate'];
  const quiet = ['--disable-hot-restart', '--skip-deprecated-logs', '-l', 'info', '--log-format', '%L|%v'];
  const flags = ['-c', configFile, '--concurrency', String(workers), ...drain, ...quiet];
  const child = spawn('/bin/sh', ['-c', watcher, 'sh', program, ...flags], {
    env: {},
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  child.stdio[3]?.on('error', () => undefined);
  const ended = endOf(child);
  const said: string[] = [];
  const taken = readLog(child, (line) => {
    said.push(line);
    log(`[envoy] ${line}`);
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>(
    (resolve) => (timer = setTimeout(resolve, startLimitMs, `does not serve after ${startLimitMs / 1000} s`)),
  );
  const failure = await Promise.race([taken, ended, late]);
  clearTimeout(timer);
  const stop = (): Promise<void> => stopGroup(child, ended);
  if (failure === undefined) return { pid: child.pid, ended, stop };
  await stop();
  throw new LocalStartError(`envoy ${failure}${said.length > 0 ? `: ${said.at(-1) ?? ''}` : ''}`, 'Look at the lines of envoy above.');
}

/** Resolves when Envoy has taken its configuration, with a reason when it refuses it. */
function readLog(child: ChildProcess, tell: (line: string) => void): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (!child.stderr) return;
    createInterface({ input: child.stderr }).on('line', (line) => {
      // Further lines of one message have no level.
      const [, level = ' ', text = ''] = /^([A-Z])\|(.*)$/.exec(line) ?? [];
      if (text.includes(ready)) resolve(undefined);
      // What files hold is refused at level warning; traces of a crash help nobody here.
      const refused = level === 'W' && refusal.test(text);
      const trace = /^(?:#\d|Address mapping|Backtrace|Envoy version)/.test(text);
      if (refused || ('EC'.includes(level) && !trace)) tell(text);
      if (refused) resolve('refuses the configuration');
    });
  });
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(`could not be started: ${error.message}`);
    });
    child.once('close', (code, signal) => {
      resolve(signal ? `was ended by ${signal}` : `ended with code ${code ?? 0}`);
    });
  });
}

async function stopGroup(child: ChildProcess, ended: Promise<string>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => {
    signalGroup(child, 'SIGKILL');
  }, 2000);
  await ended;
  clearTimeout(timer);
}

/** A group that is gone is fine. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // nobody is left in it
  }
}
