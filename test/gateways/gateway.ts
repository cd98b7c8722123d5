import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { serve, type RunningServer } from '../support/http-server';
import { granted, type TestIssuer } from './issuer';
import { checkSigned, type Claims } from './token-verifier';

/** A request as the gateway sees it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** Request target as it came. */
  readonly url: string;
  /** Names and values of all header lines in turn. */
  readonly lines: readonly string[];
  readonly version: string;
  readonly body: string;
  /** Counts the connections of the gateway from 1. */
  readonly connection: number;
}

/** An answer of gateway or workload; status 0 closes the connection instead, a negative one never answers. */
export interface Reply {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why a request is turned away. */
export type Refusal = 'missing' | 'invalid' | 'forbidden' | 'unknown';

/** Every decision of a gateway; a weak one takes one of them wrongly. */
export interface Decisions {
  /** How the path is read before it is compared. */
  normalize(path: string): string;
  route(request: SeenRequest): 'protected' | 'public' | 'none';
  /** Forwards without asking any further. */
  bypass(request: SeenRequest): boolean;
  /** `undefined`: there is none. */
  tokenOf(request: SeenRequest): string | undefined;
  /** Claims of a token that holds. */
  verify(token: string): Promise<Claims | undefined>;
  authorize(claims: Claims): boolean;
  preflight(request: SeenRequest): Reply;
  refuse(reason: Refusal): Reply;
  workload(request: SeenRequest): Reply;
}

/** Changes some decisions of a sound gateway. */
export type Change = (sound: Decisions, issuer: TestIssuer) => Partial<Decisions>;

const orders = [
  { id: 4711, article: 'bolt M8', buyer: 'Ada' },
  { id: 4712, article: 'nut M8', buyer: 'Grace' },
];

/** What the workload behind every test gateway says. It trusts the gateway: it asks nobody for a token. */
export function ordersWorkload({ path, method }: SeenRequest): Reply {
  if (path === '/healthz') return json(200, { status: 'up' });
  return method === 'POST'
    ? json(201, { created: 4713, at: new Date().toISOString() })
    : json(200, { orders, at: new Date().toISOString() });
}

/** Decisions of a sound gateway in the manner of Istio, for the rules `GET,POST /orders` (JWT) and `GET /healthz` (public). */
export function soundDecisions(issuer: TestIssuer): Decisions {
  return {
    normalize: (path) =>
      path.replace(/%([0-9a-f]{2})/gi, (whole, hex: string) => unreserved(String.fromCharCode(parseInt(hex, 16))) ?? whole),
    route({ method, path }) {
      if (path === '/orders' && (method === 'GET' || method === 'POST')) return 'protected';
      return path === '/healthz' && method === 'GET' ? 'public' : 'none';
    },
    bypass: () => false,
    tokenOf: ({ headers }) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1],
    verify: (token) => checkSigned(token, issuer),
    authorize: ({ scope, aud }) => [scope].flat().includes(granted.scope[0]) && [aud].flat().includes(granted.aud[0]),
    preflight: () => ({ status: 403, type: 'text/plain', body: 'RBAC: access denied' }),
    refuse: istioRefusal,
    workload: ordersWorkload,
  };
}

/** Refuses as Istio does: 403 without a token, 401 with a bad one, 404 for what has no route. */
export function istioRefusal(reason: Refusal): Reply {
  if (reason === 'unknown') return { status: 404 };
  if (reason !== 'invalid') return { status: 403, type: 'text/plain', body: 'RBAC: access denied' };
  return {
    status: 401,
    type: 'text/plain',
    body: 'Jwt verification fails',
    headers: { 'www-authenticate': 'Bearer realm="test", error="invalid_token"' },
  };
}

/** Starts a gateway before a workload. */
export async function startGateway(issuer: TestIssuer, ...changes: readonly Change[]): Promise<RunningServer> {
  return serve(() => undefined, createServer({ maxHeaderSize: 131_072 }, listenerOf(issuer, changes)));
}

/** What a gateway does with each request. */
export function listenerOf(issuer: TestIssuer, changes: readonly Change[]): RequestListener {
  const decisions = changes.reduce<Decisions>((sound, change) => ({ ...sound, ...change(sound, issuer) }), soundDecisions(issuer));
  const connections = new Map<unknown, number>();
  return (request, response) => {
    const line = connectionOf(request);
    const connection = connections.get(line) ?? connections.size + 1;
    connections.set(line, connection);
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const whole = { ...seen(request, decisions, connection), body };
      void decide(decisions, whole).then((reply) => write(response, reply, request.method === 'HEAD'));
    });
  };
}

async function decide(gateway: Decisions, request: SeenRequest): Promise<Reply> {
  if (request.method === 'OPTIONS' && request.headers.origin !== undefined) return gateway.preflight(request);
  const kind = gateway.route(request);
  if (kind === 'none') return gateway.refuse('unknown');
  if (kind === 'public' || gateway.bypass(request)) return gateway.workload(request);
  const token = gateway.tokenOf(request);
  if (token === undefined) return gateway.refuse('missing');
  const claims = await gateway.verify(token);
  if (!claims) return gateway.refuse('invalid');
  return gateway.authorize(claims) ? gateway.workload(request) : gateway.refuse('forbidden');
}

/** Over HTTP/2 each stream has a socket of its own in front of the session that they share. */
function connectionOf(request: IncomingMessage & { readonly stream?: { readonly session?: object } }): unknown {
  return request.stream?.session ?? request.socket;
}

function seen(request: IncomingMessage, gateway: Decisions, connection: number): SeenRequest {
  const { url = '/', method = 'GET', headers, rawHeaders: lines, httpVersion: version } = request;
  const [path = '/', query = ''] = url.split('?', 2);
  return { method, path: gateway.normalize(path), query: new URLSearchParams(query), headers, connection, url, lines, version, body: '' };
}

function write(response: ServerResponse, { status, type, body = '', headers }: Reply, head: boolean): void {
  if (status < 0) return;
  if (status === 0) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    ...(type !== undefined && { 'content-type': type }),
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(head ? undefined : body);
}

function unreserved(character: string): string | undefined {
  return /[A-Za-z0-9._~-]/.test(character) ? character : undefined;
}

export function json(status: number, value: unknown): Reply {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}
