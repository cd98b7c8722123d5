import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { failure, failureOf, type Answer } from './answer';
import { dial, type Dialling } from './exact-exchange';
import type { ExchangeLimits, OutgoingRequest } from './exchange';
import { isLoopbackHost } from './loopback';

/**
 * Sends requests as streams of one HTTP/2 connection, each after the answer to the one before, and gives the last answer. Over TLS the
 * protocol is agreed on by ALPN; in clear text it is taken for granted, on loopback only.
 * @see RFC 9113 section 3
 */
export async function h2Exchange(dialling: Dialling, requests: readonly OutgoingRequest[], limits: ExchangeLimits): Promise<Answer> {
  const start = performance.now();
  const elapsed = (): number => Math.round(performance.now() - start);
  const clock = { expired: false };
  const timer = setTimeout(() => {
    clock.expired = true;
    limits.controller.abort();
  }, limits.timeoutMs);
  let session: ClientHttp2Session | undefined;
  try {
    session = await openSession(dialling, requests[0], limits.controller.signal);
    if (!session) return failure('unsupported', 'the target does not offer HTTP/2', elapsed());
    let answer: Answer | undefined;
    for (const request of requests) answer = await askStream(session, request, dialling, limits.maxBodyBytes);
    return answer ? { ...answer, ms: elapsed() } : failure('protocol', 'nothing was sent', elapsed());
  } catch (error) {
    if (clock.expired) return failure('timeout', `no answer within ${limits.timeoutMs} ms`, elapsed());
    if (limits.controller.signal.aborted) return failure('aborted', 'the run was stopped', elapsed());
    return failureOf(error, elapsed());
  } finally {
    clearTimeout(timer);
    session?.destroy();
  }
}

/** Longest time that the settings of the other side may take. */
const settingsMs = 2000;

/** The session once the other side has shown its settings; undefined when it does not speak HTTP/2. */
async function openSession(
  dialling: Dialling,
  first: OutgoingRequest | undefined,
  signal: AbortSignal,
): Promise<ClientHttp2Session | undefined> {
  if (!first) return undefined;
  signal.throwIfAborted();
  const { protocol, hostname, host } = new URL(first.url);
  if (protocol === 'http:' && !isLoopbackHost(hostname)) return undefined;
  const socket = await dial(first, dialling, signal, ['h2', 'http/1.1']);
  if (protocol === 'https:' && !('alpnProtocol' in socket && socket.alpnProtocol === 'h2')) {
    socket.destroy();
    return undefined;
  }
  const { connect } = await import('node:http2');
  const session = connect(`${protocol}//${host}`, { createConnection: () => socket });
  return new Promise((resolve) => {
    const give = (value: ClientHttp2Session | undefined): void => {
      clearTimeout(timer);
      if (!value) session.destroy();
      resolve(value);
    };
    const timer = setTimeout(() => give(undefined), settingsMs);
    session.on('error', () => give(undefined));
    session.once('close', () => give(undefined));
    session.once('remoteSettings', () => give(session));
  });
}

function askStream(session: ClientHttp2Session, request: OutgoingRequest, { headers }: Dialling, maxBytes: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream: ClientHttp2Stream = session.request(fieldsOf(request, headers), { endStream: request.body === undefined });
    const chunks: Buffer[] = [];
    let head: IncomingHttpHeaders & { readonly ':status'?: number | undefined } = {};
    let bytes = 0;
    let whole = false;
    stream.once('response', (fields) => (head = fields));
    stream.on('data', (chunk: Buffer) => {
      const kept = chunk.subarray(0, maxBytes - bytes);
      chunks.push(kept);
      bytes += kept.length;
      if (kept.length < chunk.length) stream.close();
    });
    stream.once('end', () => (whole = true));
    stream.once('error', reject);
    stream.once('close', () => {
      const status = head[':status'];
      if (status === undefined) return reject(Object.assign(new Error(), { code: 'ECONNRESET' }));
      resolve({ kind: 'answer', status, headers: joined(head), body: Buffer.concat(chunks), truncated: !whole, ms: 0 });
    });
    if (request.body !== undefined) stream.end(request.body);
  });
}

const ofConnection = new Set(['connection', 'host', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

/** The Host header becomes the authority; what belongs to an HTTP/1 connection is left out. @see RFC 9113 section 8.2.2 */
function fieldsOf({ method, url, headers = [] }: OutgoingRequest, defaults: Readonly<Record<string, string>>): OutgoingHttpHeaders {
  const { pathname, search, protocol, host } = new URL(url);
  const given = [...Object.entries(defaults), ...headers].map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    ...Object.fromEntries(given.filter(([name]) => !ofConnection.has(name))),
    ':method': method,
    ':path': `${pathname}${search}`,
    ':scheme': protocol.slice(0, -1),
    ':authority': headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? host,
  };
}

function joined(fields: IncomingHttpHeaders): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && !name.startsWith(':')) result[name] = Array.isArray(value) ? value.join(', ') : value;
  return result;
}
