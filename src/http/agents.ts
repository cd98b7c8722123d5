import { Agent as HttpAgent, type AgentOptions as HttpAgentOptions, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { openTunnel } from './tunnel';

type Done = (error: Error | null, stream?: Duplex) => void;
type Connect = (options: ClientRequestArgs, done: Done) => Duplex | null | undefined;

/** Pools of connections, one for each scheme. */
export interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** Ends every connection, those that are being opened included. */
  readonly close: () => void;
}

/** @param proxy connections go through it; TLS stays end to end, with the name of the host that is meant */
export function createAgents(pool: HttpAgentOptions, trust: AgentOptions, proxy?: URL): Agents {
  const [httpAgent, httpsAgent] = [new HttpAgent(pool), new HttpsAgent({ ...pool, ...trust })];
  const opening = new AbortController();
  const close = (): void => {
    opening.abort();
    httpAgent.destroy();
    httpsAgent.destroy();
  };
  if (!proxy) return { httpAgent, httpsAgent, close };
  const ca = typeof trust.ca === 'string' ? trust.ca : undefined;
  const open = (options: ClientRequestArgs): Promise<Socket> =>
    openTunnel(proxy, options.host ?? '', Number(options.port), { signal: opening.signal, ...(ca === undefined ? {} : { ca }) });
  connectBy(httpAgent, () => (options, done) => {
    open(options).then(
      (socket) => done(null, socket),
      (error: unknown) => done(asError(error)),
    );
    return undefined;
  });
  connectBy(httpsAgent, (direct) => (options, done) => {
    open(options).then(
      (socket) => done(null, direct({ ...options, socket } as ClientRequestArgs, ignore) ?? undefined),
      (error: unknown) => done(asError(error)),
    );
    return undefined;
  });
  return { httpAgent, httpsAgent, close };
}

/** Replaces how an agent connects; its pool, its limits and its TLS sessions stay as they are. */
function connectBy(agent: HttpAgent, replace: (direct: Connect) => Connect): void {
  const own = agent as unknown as { createConnection: Connect };
  own.createConnection = replace(own.createConnection.bind(agent));
}

function asError(error: unknown): Error {
  return typeof error === 'object' && error !== null ? (error as Error) : new Error('the proxy cannot be reached');
}

function ignore(): void {
  // the connection itself is what counts
}
