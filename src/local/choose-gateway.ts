import { join } from 'node:path';
import type { Files } from '../files/files';
import type { IstioObjects } from '../model/istio';
import { startEnvoyGateway } from './envoy/envoy-gateway';
import { findEnvoy } from './envoy/find-envoy';
import { publishedKeys } from './envoy/published-keys';
import { startGateway, type Gateway, type GatewayOptions } from './gateway';
import type { LocalIssuer } from './issuer-server';

/** Which gateway, and where its program and files are. */
export interface GatewayChoice {
  readonly gateway?: 'embedded' | 'envoy';
  readonly envoyProgram?: string;
  readonly searchPath: string;
  readonly files: Files;
  readonly folder: string;
}

/** What a gateway needs, whichever it is. */
export interface ChosenGateway extends GatewayOptions {
  readonly objects: IstioObjects;
  readonly issuers: readonly LocalIssuer[];
}

/**
 * Finds the program of the gateway before anything else is started; undefined for the embedded one.
 * @throws {LocalStartError} ERR_LOCAL_START when Envoy is wanted and not there
 */
export async function gatewayProgram({ gateway, files, searchPath, envoyProgram }: GatewayChoice): Promise<string | undefined> {
  if (gateway !== 'envoy') return undefined;
  return findEnvoy(files, { searchPath, ...(envoyProgram === undefined ? {} : { named: envoyProgram }) });
}

/** Starts the gateway: Envoy, if its program is given, else the embedded one. */
export async function startChosenGateway(
  program: string | undefined,
  options: ChosenGateway,
  { files, folder }: GatewayChoice,
): Promise<Gateway & { readonly refresh: () => Promise<void> }> {
  if (program === undefined) return { ...(await startGateway(options)), refresh: () => Promise.resolve() };
  const { objects, upstreamOf, port, log, issuers } = options;
  return startEnvoyGateway({
    program,
    files,
    folder: join(folder, 'envoy'),
    objects,
    upstreamOf,
    port,
    log,
    keysOf: publishedKeys(issuers),
  });
}
