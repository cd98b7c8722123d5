import type { IncomingMessage } from 'node:http';
import { AxiosHeaders, isAxiosError, type AxiosAdapter, type AxiosRequestConfig } from 'axios';
import { failure, failureOf, type Answer } from './answer';
import type { Handshake } from './handshake';

/** One request. The URL is used as WHATWG reads it, so dot segments and backslashes are gone before it is sent. */
export interface OutgoingRequest {
  readonly method: string;
  /** http or https. A host with a target in the scope goes to that target with its own Host header. */
  readonly url: string;
  /** A name may stand several times. @default - User-Agent, run id and an Accept of everything */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Buffer;
  /** Goes out over a connection of its own, which is closed after it. @default false */
  readonly fresh?: boolean;
  /**
   * What carries it. `bytes`: the request goes out byte for byte, over a connection of its own, and so do its headers. `h2`: HTTP/2.
   * @default 'client', an ordinary HTTP/1.1 client
   */
  readonly over?: 'client' | 'bytes' | 'h2';
  /** The request line over `bytes`. @default - that of the URL, HTTP/1.1 */
  readonly exact?: { readonly target?: string; readonly version?: '1.0' | '1.1' };
  /** What goes out before it over the same connection; only over `bytes` and `h2`. @default - nothing */
  readonly before?: readonly OutgoingRequest[];
  /** Does not wait for the answer to the request before it; only over `bytes`. @default false */
  readonly pipelined?: boolean;
  /** Name that TLS asks for, over `bytes` and `h2`. @default - the host of the URL */
  readonly serverName?: string;
  /** Opens TLS otherwise than usual, over `bytes`. Nothing secret goes with it: no certificate is checked. @default - as usual */
  readonly handshake?: Handshake;
  /** In milliseconds. @default - that of the sender */
  readonly timeoutMs?: number;
  /** Proves who asks; the connection is closed after it. @see RFC 8705 section 2 */
  readonly certificate?: ClientCertificate;
}

/** A certificate of this side, PEM, with its private key. */
export interface ClientCertificate {
  /** Leaf first. */
  readonly certificate: string;
  readonly key: string;
}

/**
 * The way out. The adapter of axios is called directly: merging configurations and transforming bodies, which axios does around it, would
 * cost as much time as the request itself and nothing of it is wanted here.
 */
export interface Wire {
  readonly adapter: AxiosAdapter;
  readonly config: AxiosRequestConfig;
  /** Agents for requests that do not take those of `config`: a connection of their own, a certificate, a proxy. */
  readonly agentsFor: (request: OutgoingRequest) => Pick<AxiosRequestConfig, 'httpAgent' | 'httpsAgent'> | undefined;
  /** Sent with every request unless the request has its own; axios has looked at them already. */
  readonly headers: InstanceType<typeof AxiosHeaders>;
}

/** Limits of one exchange, and how it is stopped from outside. */
export interface ExchangeLimits {
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly controller: AbortController;
}

/** One request and its answer. Never rejects for what the network does. */
export async function exchange(wire: Wire, request: OutgoingRequest, limits: ExchangeLimits): Promise<Answer> {
  const start = performance.now();
  const clock = { expired: false };
  const timer = setTimeout(() => {
    clock.expired = true;
    limits.controller.abort();
  }, limits.timeoutMs);
  const elapsed = (): number => Math.round(performance.now() - start);
  try {
    const head = await ask(wire, request, limits.controller.signal);
    const { body, truncated } = await readBody(head, limits.maxBodyBytes);
    return { kind: 'answer', status: head.statusCode ?? 0, headers: joined(head.headers), body, truncated, ms: elapsed() };
  } catch (error) {
    return clock.expired ? failure('timeout', `no answer within ${limits.timeoutMs} ms`, elapsed()) : failureOf(error, elapsed());
  } finally {
    clearTimeout(timer);
  }
}

/** A server may close an idle connection just when it is used again; then, and only for a request that changes nothing, it is asked once more. */
async function ask(wire: Wire, request: OutgoingRequest, signal: AbortSignal): Promise<IncomingMessage> {
  try {
    return await askOnce(wire, request, signal);
  } catch (error) {
    if (!wasStale(error) || !/^(GET|HEAD|OPTIONS)$/i.test(request.method)) throw error;
    return askOnce(wire, request, signal);
  }
}

async function askOnce(
  { adapter, config, agentsFor, headers }: Wire,
  request: OutgoingRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { method, url, body: data } = request;
  const answer: { readonly data: unknown } = await adapter({
    ...config,
    ...agentsFor(request),
    method,
    url,
    data,
    signal,
    headers: headersOf(headers, request),
  });
  return answer.data as IncomingMessage; // what the adapter gives for responseType `stream`
}

function wasStale(error: unknown): boolean {
  if (!isAxiosError(error) || error.code !== 'ECONNRESET') return false;
  const request: unknown = error.request;
  return typeof request === 'object' && request !== null && 'reusedSocket' in request && request.reusedSocket === true;
}

/** Values of one name become a list, which goes out as several lines. */
function headersOf(defaults: Wire['headers'], { headers = [] }: OutgoingRequest): Wire['headers'] {
  const result = Object.assign(new AxiosHeaders(), defaults);
  const given = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const values = given.get(key);
    if (values) values.push(value);
    else given.set(key, [value]);
    result.set(name, values ?? value, true);
  }
  return result;
}

/** Reads up to the limit, then hangs up. A body that breaks off keeps what came: the head alone is evidence. */
function readBody(stream: IncomingMessage, maxBytes: number): Promise<{ body: Buffer; truncated: boolean }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let whole = false;
    const finish = (): void => resolve({ body: Buffer.concat(chunks), truncated: !whole });
    if (stream.destroyed) return finish();
    stream.on('data', (chunk: Buffer) => {
      const kept = chunk.subarray(0, maxBytes - bytes);
      chunks.push(kept);
      bytes += kept.length;
      if (kept.length < chunk.length) stream.destroy();
    });
    stream.on('end', () => {
      whole = stream.complete;
      finish();
    });
    stream.on('error', finish);
    stream.on('close', finish);
  });
}

function joined(headers: IncomingMessage['headers']): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) result[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return result;
}
