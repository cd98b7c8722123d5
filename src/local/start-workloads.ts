import { join } from 'node:path';
import { closest } from '../model/closest';
import { UsageError } from '../model/errors';
import type { Manifest } from '../model/manifest';
import type { Destination, IstioObjects } from '../model/istio';
import { containerEnvironment, type DataObjects } from './container-environment';
import { startEcho } from './echo-server';
import { startFunction, type FunctionHost, type RunningFunction } from './function-process';
import { functionSpecOf, isFunction, keyOf } from './function-spec';
import { writeMounts } from './mounts';

/** What stands behind the gateway. */
export interface Workloads {
  /** Base URL of a destination; undefined while its process is down. */
  readonly upstreamOf: (destination: Destination) => string | undefined;
  readonly functions: readonly RunningFunction[];
}

/** What is behind the Services of the manifests. */
export interface WorkloadOptions extends FunctionHost {
  readonly manifests: readonly Manifest[];
  readonly objects: IstioObjects;
  /** `namespace/name` of a Service to the base URL of a workload that already runs. */
  readonly upstreams: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly secrets: DataObjects;
  readonly configMaps: DataObjects;
  /** Takes what has to be undone at the end. */
  readonly atEnd: (undo: () => Promise<void>) => void;
}

/**
 * Starts every Function in a process of its own and an echo server for every Service that has neither Function nor upstream.
 * @throws {LocalStartError} ERR_LOCAL_START when a Function cannot run here
 * @throws {UsageError} ERR_USAGE when an upstream stands for a Service that no manifest names
 */
export async function startWorkloads(options: WorkloadOptions): Promise<Workloads> {
  const specs = options.manifests
    .filter((manifest) => isFunction(manifest) && options.upstreams[keyOf(manifest)] === undefined)
    .map(functionSpecOf);
  const destinations = options.objects.virtualServices.flatMap(({ http }) => http.map((route) => serviceKey(route.destination)));
  refuseUnknown(Object.keys(options.upstreams), [...destinations, ...options.manifests.filter(isWorkload).map(keyOf)]);
  const functions = await allOrThrow(specs.map((spec) => startOne(spec, options)));
  const addresses = new Map<string, () => string | undefined>(functions.map((one) => [one.key, one.url]));
  for (const [key, url] of Object.entries(options.upstreams)) addresses.set(key, () => url);
  for (const key of [...new Set(destinations)].filter((one) => !addresses.has(one))) {
    const echo = await startEcho(key);
    options.atEnd(() => echo.close());
    addresses.set(key, () => echo.url);
    options.log(`[${key}] no Function and no --upstream; an echo server answers`);
  }
  return { upstreamOf: (destination) => addresses.get(serviceKey(destination))?.(), functions };
}

function isWorkload(manifest: Manifest): boolean {
  return isFunction(manifest) || (manifest.kind === 'Service' && manifest.apiVersion === 'v1');
}

/** A name that no manifest has would change nothing, and the echo server would go on answering. */
function refuseUnknown(upstreams: readonly string[], known: readonly string[]): void {
  for (const name of upstreams.filter((one) => !known.includes(one))) {
    const near = closest(name, known);
    throw new UsageError(
      `--upstream names ${name}, which no manifest names${near === undefined ? '' : `; did you mean ${near}?`}`,
      `The Services are ${[...new Set(known)].sort().join(', ') || 'none'}.`,
    );
  }
}

function serviceKey({ namespace, service }: Destination): string {
  return `${namespace}/${service}`;
}

async function startOne(spec: ReturnType<typeof functionSpecOf>, options: WorkloadOptions): Promise<RunningFunction> {
  const folder = join(options.folder, 'functions', spec.namespace, spec.name);
  const mounts = await writeMounts(options.files, join(folder, 'mounts'), spec, options.secrets);
  const environment = containerEnvironment(spec, { ...options, toLocalPath: mounts.toLocalPath });
  const notes = [...mounts.notes, ...environment.notes];
  const one = await startFunction(spec, { ...environment, notes }, folder, options);
  options.atEnd(() => one.stop());
  return one;
}

/** Waits for all, so that none starts after the caller has cleaned up, then throws the first failure. */
async function allOrThrow<T>(started: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(started);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
