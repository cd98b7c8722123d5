import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { diskFiles } from '../../src/files/files';
import { staticBootstrap } from '../../src/local/envoy/bootstrap';
import { startEnvoyProcess, type EnvoyProcess } from '../../src/local/envoy/envoy-process';
import { findEnvoy } from '../../src/local/envoy/find-envoy';
import { principalHeader, identityScheme } from '../../src/local/envoy/private-header';
import { envoyResources } from '../../src/local/envoy/resources';
import type { IstioObjects } from '../../src/model/istio';
import type { JsonObject } from '../../src/model/json';
import { boundPorts, withAdmin } from './bound-ports';
import type { PlacedRequest } from './conformance-case';
import { answerOutcome, startWorkloads } from './live-workloads';
import type { Outcome } from './outcome';
import { createRawClient, type RawAnswer, type RawClient } from './raw-client';

/** The real Envoy with a few workloads behind it. */
export interface LiveEnvoy {
  /** What Envoy makes of a request. */
  readonly outcome: (request: PlacedRequest) => Promise<Outcome>;
  /** Base URL of the ingress. */
  readonly url: string;
  readonly answer: (request: PlacedRequest) => Promise<RawAnswer | undefined>;
  readonly stop: () => Promise<void>;
}

export interface LiveOptions {
  readonly keysOf: (issuer: string) => JsonObject;
  /** Base URL of a workload that is there already, for every Service. @default - one that tells what reached it */
  readonly workload?: string;
  readonly authorizers?: Readonly<Record<string, string>>;
  /** Changes the configuration before Envoy reads it. */
  readonly change?: (bootstrap: JsonObject) => JsonObject;
}

/** The Envoy program that this run is to use; undefined when there is none. */
export async function envoyProgram(): Promise<string | undefined> {
  const named = process.env['KYMA_GUARD_ENVOY'];
  const places = { searchPath: process.env['PATH'] ?? '', ...(named === undefined ? {} : { named }) };
  return findEnvoy(diskFiles, places).catch(() => undefined);
}

/** Version that a program names, such as `Envoy 1.40.0`. */
export async function envoyVersion(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)(program, ['--version']);
  return `Envoy ${/\/(\d+\.\d+\.\d+)\//.exec(stdout)?.[1] ?? 'of unknown version'}`;
}

/** Merges the objects of several clusters into one. */
export function mergedObjects(all: readonly IstioObjects[]): IstioObjects {
  return {
    virtualServices: all.flatMap(({ virtualServices }) => virtualServices),
    requestAuthentications: all.flatMap(({ requestAuthentications }) => requestAuthentications),
    authorizationPolicies: all.flatMap(({ authorizationPolicies }) => authorizationPolicies),
  };
}

/** Starts Envoy for the objects, with a workload for every Service that they name. */
export async function startLiveEnvoy(
  objects: IstioObjects,
  { keysOf, workload, authorizers, change = (same) => same }: LiveOptions,
): Promise<LiveEnvoy> {
  const program = await envoyProgram();
  if (program === undefined) throw new Error('no envoy was found');
  const workloads = await startWorkloads(objects);
  const resources = envoyResources({
    objects,
    ...{ port: 0, insidePort: 0 }, // any free ones
    keysOf: ({ issuer }) => keysOf(issuer),
    upstreamOf: ({ service }) => workload ?? workloads.urlOf(service),
    ...(authorizers === undefined ? {} : { authorizers }),
  });
  const folder = await mkdtemp(join(tmpdir(), 'kyma-guard-'));
  const configFile = join(folder, 'envoy.json');
  await writeFile(configFile, JSON.stringify(withAdmin(change(staticBootstrap(resources)), folder)));
  const process = await startEnvoyProcess({ program, configFile, log: () => undefined }).catch((error: unknown) => {
    workloads.stop();
    throw error;
  });
  const client = createRawClient();
  const stop = async (): Promise<void> => {
    client.close();
    await process.stop();
    workloads.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const [port, insidePort] = await doorsOf(folder, client, process).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const answer = ({ access, headers }: PlacedRequest): Promise<RawAnswer | undefined> => {
    const inside = access.caller !== undefined;
    const identity = access.caller ? [[principalHeader, `${identityScheme}${access.caller}`] as const] : [];
    const request = { method: access.method, target: access.target, headers: [['host', access.host] as const, ...identity, ...headers] };
    return client.send(inside ? insidePort : port, request);
  };
  return {
    url: `http://127.0.0.1:${port}`,
    answer,
    outcome: async (request) => answerOutcome(await answer(request)),
    stop,
  };
}

/** Ports for callers outside and inside, once both are listened at: an Envoy that serves listens a moment later. */
async function doorsOf(folder: string, client: RawClient, { ended }: EnvoyProcess): Promise<readonly [outside: number, inside: number]> {
  const ports = await boundPorts(folder);
  const gone = ended.then((reason) => {
    throw new Error(`envoy ${reason}`);
  });
  const listening = async (name: string): Promise<number> => {
    const port = ports.get(name);
    if (port === undefined) throw new Error(`envoy has no listener ${name}`);
    while (!(await Promise.race([client.send(port, { method: 'GET', target: '/', headers: [['host', 'nobody.example.com']] }), gone])));
    return port;
  };
  return Promise.all([listening('ingress'), listening('inside')]);
}
