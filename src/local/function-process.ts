import { join } from 'node:path';
import type { Files } from '../files/files';
import { LocalStartError } from '../model/errors';
import type { ContainerEnvironment } from './container-environment';
import type { FunctionSpec } from './function-spec';
import { objectAt } from './json-at';
import { parseObject } from './parse-object';
import type { ServeSettings } from './runtime/runtime-settings';
import { startRuntimeProcess, type RuntimeProcess } from './runtime-process';

/** What starting a Function needs beside its manifest. */
export interface FunctionHost {
  readonly files: Files;
  /** Compiled entry of the function runtime. */
  readonly runtimeEntry: string;
  /** Value of PATH for the processes; the only thing they get of this machine. */
  readonly searchPath: string;
  /** Further variables for `npm install` alone, such as a proxy. */
  readonly npmEnvironment: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  /** Ends what is being started. */
  readonly signal?: AbortSignal;
}

/** A Function that runs. */
export interface RunningFunction {
  readonly key: string;
  /** Base URL; undefined while the process is down. */
  readonly url: () => string | undefined;
  readonly pid: () => number | undefined;
  stop(): Promise<void>;
}

const startLimitMs = 30_000;
const maxRestarts = 5;

/**
 * Writes the source of a Function to its folder, installs its dependencies and starts its process. A handler that cannot be loaded
 * is told on the log and the process serves on, as in Kyma. A process that ends by itself is started again, five times at most.
 * @throws {LocalStartError} ERR_LOCAL_START when dependencies cannot be installed or the process does not come up
 */
export async function startFunction(
  spec: FunctionSpec,
  environment: ContainerEnvironment,
  folder: string,
  host: FunctionHost,
): Promise<RunningFunction> {
  const key = `${spec.namespace}/${spec.name}`;
  const log = (line: string): void => host.log(`[${key}] ${line}`);
  const codeFolder = join(folder, 'function');
  await host.files.makeFolder(codeFolder, 0o700);
  await host.files.writeAtomic(join(codeFolder, 'handler.js'), environment.handler, 0o600);
  await host.files.writeAtomic(join(codeFolder, 'package.json'), environment.packageJson, 0o600);
  for (const note of environment.notes) log(note);
  if (hasDependencies(environment.packageJson)) await install(key, codeFolder, host, log);
  const serve = serveSettings(spec, environment, join(codeFolder, 'handler.js'));
  const env = { ...Object.fromEntries(environment.variables), PATH: host.searchPath };
  return keepRunning(key, { serve, env, folder, entry: host.runtimeEntry, log, ...(host.signal && { signal: host.signal }) });
}

interface Start {
  readonly serve: ServeSettings;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly entry: string;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal;
}

async function keepRunning(key: string, start: Start): Promise<RunningFunction> {
  const life: { current?: Served | undefined; starting?: Promise<void>; stopping: boolean; restarts: number } = {
    stopping: false,
    restarts: 0,
  };
  const again = async (): Promise<void> => {
    const served = await serveOnce(key, start).catch((error: unknown) => {
      start.log(String(error));
    });
    if (!served) return;
    watch(served);
    start.log('running again');
  };
  const watch = (served: Served): void => {
    life.current = served;
    void served.process.ended.then(({ text }) => {
      life.current = undefined;
      if (life.stopping || start.signal?.aborted) return;
      life.restarts += 1;
      const last = life.restarts > maxRestarts;
      start.log(`the process ${text}; ${last ? 'it is not started again' : 'starting it again'}`);
      if (!last) life.starting = again();
    });
  };
  watch(await serveOnce(key, start));
  const stop = async (): Promise<void> => {
    life.stopping = true;
    await life.starting;
    await life.current?.process.stop();
  };
  return { key, url: () => life.current?.url, pid: () => life.current?.process.pid, stop };
}

interface Served {
  readonly process: RuntimeProcess;
  readonly url: string;
}

async function serveOnce(key: string, { serve, env, folder, entry, log, signal }: Start): Promise<Served> {
  let tellPort: (port: number) => void = () => undefined;
  const port = new Promise<number>((resolve) => (tellPort = resolve));
  const process = startRuntimeProcess({
    entry,
    settings: { task: 'serve', serve },
    folder,
    env,
    onLine: log,
    ...(signal && { signal }),
    onMessage: (message) => {
      if (message.kind === 'listening') tellPort(message.port);
      else log(`User function not loaded: ${message.reason}`);
    },
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>(
    (resolve) => (timer = setTimeout(() => resolve(`does not answer after ${startLimitMs / 1000} s`), startLimitMs)),
  );
  const first = await Promise.race([port, late, process.ended.then(({ text }) => text)]);
  clearTimeout(timer);
  if (typeof first === 'number') return { process, url: `http://127.0.0.1:${first}` };
  await process.stop();
  throw new LocalStartError(`Function ${key}: the process ${first}`, 'Look at the lines of the function above.');
}

function serveSettings(spec: FunctionSpec, { variables }: ContainerEnvironment, handler: string): ServeSettings {
  const number = (name: string, otherwise: number): number => {
    const value = Number(variables.get(name) ?? '');
    return value > 0 ? value : otherwise;
  };
  const { name, namespace, runtime } = spec;
  return { handler, name, namespace, runtime, timeoutSeconds: number('FUNC_TIMEOUT', 180), bodyLimitMiB: number('REQ_MB_LIMIT', 1) };
}

function hasDependencies(packageJson: string): boolean {
  return Object.keys(objectAt(parseObject(packageJson), 'dependencies')).length > 0;
}

/** Scripts of packages do not run: installing must not be a way to run code outside the function's process. */
async function install(key: string, folder: string, host: FunctionHost, log: (line: string) => void): Promise<void> {
  log('npm install --ignore-scripts');
  const npm = ['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--no-progress'];
  const env = { ...host.npmEnvironment, PATH: host.searchPath };
  const options = { entry: host.runtimeEntry, settings: { task: 'install', npm } as const, folder, env, onLine: log };
  const { code, text } = await startRuntimeProcess({ ...options, ...(host.signal && { signal: host.signal }) }).ended;
  if (code === 0) return;
  throw new LocalStartError(
    `Function ${key}: npm install ${text}`,
    'Look at the lines of npm above; the versions in package.json must exist in the registry.',
  );
}
