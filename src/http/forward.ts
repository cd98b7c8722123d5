import { request as httpRequest, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Where a request goes on to, and what is changed on the way. Names of headers in any case. */
export interface ForwardTo {
  /** Origin of the workload, e.g. `http://127.0.0.1:41001`. */
  readonly url: string;
  /** Path and query exactly as they are to be sent. @default - as they came */
  readonly target?: string;
  /** Set on the request, replacing what came. @default {} */
  readonly setHeaders?: Readonly<Record<string, string>>;
  /** Taken off the answer of the workload. @default [] */
  readonly removeResponseHeaders?: readonly string[];
  /** Set on the answer, replacing those of the workload. @default {} */
  readonly addResponseHeaders?: Readonly<Record<string, string | string[]>>;
  /** From the end of the request to the end of the answer, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Passes a request on to a workload and its answer back, both as streams, the way Envoy does: 504 when the time is over, 503 when the
 * workload cannot be reached or breaks off before its head. After the head the connection is cut instead. Resolves when it is over.
 */
export function forward(incoming: IncomingMessage, response: ServerResponse, to: ForwardTo): Promise<void> {
  return new Promise((resolve) => {
    const upstream = open(incoming, to);
    let timer: NodeJS.Timeout | undefined;
    const refuse = (status: number, text: string): void => {
      upstream.destroy();
      if (response.headersSent) response.destroy();
      else sendText(response, status, text, to);
    };
    const startClock = (): void => {
      timer = setTimeout(() => refuse(504, 'upstream request timeout'), to.timeoutMs);
    };
    if (hasBody(incoming)) incoming.once('end', startClock);
    else startClock();
    upstream.on('response', (answer) => passBack(answer, response, to));
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      if (!response.writableEnded) refuse(503, disconnectText(error));
    });
    incoming.on('error', () => upstream.destroy());
    response.once('close', () => {
      clearTimeout(timer);
      upstream.destroy();
      resolve();
    });
    if (hasBody(incoming)) incoming.pipe(upstream);
    else upstream.end();
  });
}

/** Each request has its own connection: one that is kept may be closed by the workload just when it is used again. */
function open(incoming: IncomingMessage, to: ForwardTo): ClientRequest {
  const { protocol, hostname, port } = new URL(to.url);
  const address = {
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    method: incoming.method ?? 'GET',
    path: to.target ?? incoming.url ?? '/',
  };
  const headers = { ...endToEnd(incoming.rawHeaders), ...lowerCase(to.setHeaders ?? {}) };
  return (protocol === 'https:' ? httpsRequest : httpRequest)({ ...address, headers, agent: false });
}

function passBack(answer: IncomingMessage, response: ServerResponse, to: ForwardTo): void {
  const removed = new Set((to.removeResponseHeaders ?? []).map((name) => name.toLowerCase()));
  const headers = Object.entries(endToEnd(answer.rawHeaders)).filter(([name]) => !removed.has(name));
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, {
    ...Object.fromEntries(headers),
    ...lowerCase(to.addResponseHeaders ?? {}),
  });
  answer.on('error', () => response.destroy());
  answer.pipe(response);
}

function sendText(response: ServerResponse, status: number, text: string, to: ForwardTo): void {
  const length = String(Buffer.byteLength(text));
  response.writeHead(status, { ...lowerCase(to.addResponseHeaders ?? {}), 'content-type': 'text/plain', 'content-length': length });
  response.end(text);
}

/** Texts of Envoy, as far as the two cases go. */
function disconnectText(error: NodeJS.ErrnoException): string {
  const reason =
    error.code === 'ECONNREFUSED'
      ? 'remote connection failure, transport failure reason: delayed connect error: Connection refused'
      : 'connection termination';
  return `upstream connect error or disconnect/reset before headers. reset reason: ${reason}`;
}

/** A body is announced by one of these two. @see RFC 9112 section 6.3 */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect'];
/** A Connection header that names these would break the message or send it elsewhere. */
const alwaysKept = ['host', 'content-length', 'transfer-encoding', 'authorization'];

/** Headers that are meant for the far end, lower-case, repeated ones as a list. @see RFC 9110 section 7.6.1 */
function endToEnd(raw: readonly string[]): Record<string, string | string[]> {
  const kept = new Map<string, string[]>();
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase();
    kept.set(name, [...(kept.get(name) ?? []), raw[i + 1] ?? '']);
  }
  const named = (kept.get('connection') ?? []).flatMap((list) => list.split(',').map((name) => name.trim().toLowerCase()));
  for (const name of [...hopByHop, ...named.filter((one) => !alwaysKept.includes(one))]) kept.delete(name);
  return Object.fromEntries([...kept].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]));
}

function lowerCase<V>(headers: Readonly<Record<string, V>>): Record<string, V> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
