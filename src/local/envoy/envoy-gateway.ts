import { join } from 'node:path';
import type { Files } from '../../files/files';
import { createSender } from '../../http/sender';
import { LocalStartError } from '../../model/errors';
import { fileBootstrap, resourceTexts, type ResourceFiles } from './bootstrap';
import { startEnvoyProcess, type EnvoyProcess } from './envoy-process';
import { freePort } from './free-port';
import { changingParts, envoyResources, type EnvoyPlan } from './resources';

/** What Envoy enforces, and what it needs to run. */
export interface EnvoyGatewayOptions extends Omit<EnvoyPlan, 'port' | 'insidePort'> {
  readonly program: string;
  readonly files: Files;
  /** Folder for the configuration. */
  readonly folder: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** @default 1 */
  readonly workers?: number;
  readonly log: (line: string) => void;
}

/** Envoy in front of the workloads. */
export interface EnvoyGateway {
  readonly url: string;
  /** Hands Envoy what has changed: keys of issuers, addresses of workloads. Envoy takes it a moment later. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** How often addresses and keys are looked at. */
const lookEveryMs = 250;
const listenLimitMs = 10_000;
const freePortTries = 3;

/**
 * Starts Envoy on 127.0.0.1 and resolves when it answers.
 * @throws {LocalStartError} ERR_LOCAL_START when it cannot be started or does not take the configuration
 */
export async function startEnvoyGateway(options: EnvoyGatewayOptions): Promise<EnvoyGateway> {
  if (options.port !== 0) return startAt(options.port, options);
  for (let tries = 1; ; tries += 1) {
    try {
      return await startAt(await freePort(), options);
    } catch (error) {
      // Somebody else may have taken the free port in between.
      if (tries === freePortTries || !(error instanceof LocalStartError && error.message.includes('Address already in use'))) throw error;
    }
  }
}

async function startAt(port: number, options: EnvoyGatewayOptions): Promise<EnvoyGateway> {
  const { files, folder, program, workers, log } = options;
  const paths: ResourceFiles = { listeners: join(folder, 'listeners.json'), clusters: join(folder, 'clusters.json') };
  const configFile = join(folder, 'envoy.json');
  await files.makeFolder(folder, 0o700);
  const refresh = writerOf(options, port, paths);
  await refresh();
  await files.writeAtomic(configFile, JSON.stringify(fileBootstrap(paths)), 0o600);
  const process = await startEnvoyProcess({ program, configFile, log, ...(workers === undefined ? {} : { workers }) });
  const url = `http://127.0.0.1:${port}`;
  await listening(url, process);
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => {
      log(`[envoy] ${String(error)}`);
    });
  }, lookEveryMs);
  timer.unref();
  const close = (): Promise<void> => {
    clearInterval(timer);
    return process.stop();
  };
  return { url, refresh, close };
}

/** Writes the files whose texts have changed. Clusters go first: listeners name them. */
function writerOf({ files, ...plan }: EnvoyGatewayOptions, port: number, paths: ResourceFiles): () => Promise<void> {
  const written = { clusters: '', listeners: '' };
  let parts = '';
  let running = Promise.resolve();
  const write = async (): Promise<void> => {
    const now = changingParts({ ...plan, port });
    if (now === parts) return;
    const texts = resourceTexts(envoyResources({ ...plan, port }));
    for (const name of ['clusters', 'listeners'] as const) {
      if (written[name] === texts[name]) continue;
      await files.writeAtomic(paths[name], texts[name], 0o600);
      written[name] = texts[name];
    }
    parts = now;
  };
  return () => (running = running.then(write, write));
}

async function listening(url: string, process: EnvoyProcess): Promise<void> {
  const sender = createSender({ userAgent: 'kyma-guard-local', runId: crypto.randomUUID(), timeoutMs: 2000 });
  const gone = process.ended.then(() => true);
  const until = Date.now() + listenLimitMs;
  try {
    for (;;) {
      const answer = await sender.send({ method: 'GET', url });
      if (answer.kind === 'answer') return;
      const over = await Promise.race([gone, new Promise<boolean>((resolve) => setTimeout(resolve, 20, Date.now() > until))]);
      if (over) throw new LocalStartError('envoy does not listen', 'Give another port with --port, or none.');
    }
  } catch (error) {
    await process.stop();
    throw error;
  } finally {
    sender.close();
  }
}
