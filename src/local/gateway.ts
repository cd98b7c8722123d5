import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { forward } from '../http/forward';
import type { AccessRequest, Decision, TokenFact } from '../model/access';
import { allowsOrigin, corsHeaders } from '../model/cors';
import { decide, tokensOf } from '../model/decide';
import type { Destination, IstioObjects } from '../model/istio';
import { normalizeRequest } from '../model/normalize-request';
import { accessRequest } from './gateway-request';
import { closeServer, listen } from './listen';

/** What the gateway enforces, and whom it asks. */
export interface GatewayOptions {
  readonly objects: IstioObjects;
  readonly factOf: (token: string) => Promise<TokenFact>;
  /** Base URL of a workload; undefined while it is down. */
  readonly upstreamOf: (destination: Destination) => string | undefined;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: (line: string) => void;
}

/** The gateway in front of the workloads: ingress and sidecar in one. */
export interface Gateway {
  readonly url: string;
  close(): Promise<void>;
}

/** Size of request headers that Envoy takes, in bytes. */
const maxHeaderSize = 61_440;
const serverHeader = { server: 'istio-envoy' };

/**
 * Starts the gateway on 127.0.0.1. It decides by the access model and answers with the statuses and texts of Istio.
 * @throws {LocalStartError} ERR_LOCAL_START when the port cannot be used
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const place = { port: options.port };
  const server = createServer({ maxHeaderSize, keepAliveTimeout: 60_000 }, (incoming, response) => {
    handle(options, accessRequest(incoming, place.port), incoming, response).catch((error: unknown) => {
      options.log(`gateway: ${error instanceof Error ? error.message : 'failed'}`);
      if (response.headersSent) response.destroy();
      else answer(response, 500, 'kyma-guard local failed; see its output', {});
    });
  });
  server.on('connect', (_request, socket) => socket.end('HTTP/1.1 404 Not Found\r\nserver: istio-envoy\r\ncontent-length: 0\r\n\r\n'));
  const url = await listen(server, options.port);
  place.port = Number(new URL(url).port);
  return { url, close: () => closeServer(server) };
}

async function handle(options: GatewayOptions, access: AccessRequest, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const decision = await decideOn(options, access);
  const cors = corsFor(decision, access);
  if (decision.verdict === 'forward' && decision.destination && decision.route) {
    const url = options.upstreamOf(decision.destination);
    if (url === undefined) answer(response, 503, 'no healthy upstream', cors);
    else
      await forward(incoming, response, {
        url,
        ...changes(decision, access),
        timeoutMs: decision.route.timeoutSeconds * 1000,
        addResponseHeaders: { ...serverHeader, ...cors },
      });
    return;
  }
  incoming.resume();
  if (decision.verdict === 'unknown' || decision.verdict === 'forward') {
    const reason = decision.missing ?? 'the decision names no workload';
    options.log(`gateway: cannot decide about ${access.method} ${access.host}: ${reason}`);
    answer(response, 503, `kyma-guard local cannot decide: ${reason}`, cors);
  } else answer(response, decision.status, decision.body, { ...cors, ...challenge(decision.status, access) });
}

async function decideOn({ objects, factOf }: GatewayOptions, access: AccessRequest): Promise<Decision> {
  const tokens = tokensOf(objects, access);
  const facts = await Promise.all(tokens.map(async (token) => [token, await factOf(token)] as const));
  return decide(objects, access, new Map(facts));
}

/** The filter of the ingress adds its headers to refusals of the sidecar too. */
function corsFor({ route, verdict }: Decision, { headers }: AccessRequest): Record<string, string> {
  const origin = headers['origin'];
  if (route?.cors === undefined || origin === undefined || !allowsOrigin(route.cors, origin)) return {};
  return corsHeaders(route.cors, origin, verdict === 'answer');
}

interface Changes {
  readonly target?: string;
  readonly setHeaders: Readonly<Record<string, string>>;
  readonly removeResponseHeaders: readonly string[];
}

/** What Envoy changes on the way: the normalized path, the headers of the route and its own. */
function changes({ route }: Decision, access: AccessRequest): Changes {
  const normal = normalizeRequest(access);
  const before = access.headers['x-forwarded-for'];
  const set = Object.entries(route?.setRequestHeaders ?? {}).map(([name, value]) => [
    name,
    value.replaceAll('%REQ(:AUTHORITY)%', access.host),
  ]);
  return {
    ...(normal && { target: normal.query === undefined ? normal.workloadPath : `${normal.workloadPath}?${normal.query}` }),
    setHeaders: {
      host: access.host,
      'x-forwarded-for': before === undefined ? '127.0.0.1' : `${before},127.0.0.1`,
      'x-forwarded-proto': 'http',
      'x-request-id': crypto.randomUUID(),
      ...(Object.fromEntries(set) as Record<string, string>),
    },
    removeResponseHeaders: route?.removeResponseHeaders ?? [],
  };
}

function challenge(status: number, { host, target }: AccessRequest): Record<string, string> {
  const realm = `http://${host}${target.split('?', 1)[0] ?? ''}`.replace(/[^\x20-\x7e]|["\\]/g, '');
  return status === 401 ? { 'www-authenticate': `Bearer realm="${realm}", error="invalid_token"` } : {};
}

function answer(response: ServerResponse, status: number, body: string, headers: Readonly<Record<string, string>>): void {
  const type = body === '' ? {} : { 'content-type': 'text/plain' };
  response.writeHead(status, { ...serverHeader, ...type, 'content-length': String(Buffer.byteLength(body)), ...headers });
  response.end(body);
}
