import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { failure, failureOf, type Answer } from './answer';
import { AnswerReader, NoHttpError, type WireAnswer } from './answer-reader';
import type { ExchangeLimits, OutgoingRequest } from './exchange';
import { handshakeOptions, isNotOffered } from './handshake';
import type { ProxySettings } from './proxy-settings';
import { openTunnel } from './tunnel';

/** How connections are made. */
export interface Dialling {
  readonly ca?: string;
  readonly insecureTls: boolean;
  /** @default - none */
  readonly proxies?: ProxySettings;
  /** Sent with every request unless the request has its own. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends requests byte for byte over a connection of their own, in order, and gives the answer to the last of them. What `node:http` would
 * normalize or refuse goes out as it is: any method, any target, headers in any number and spelling.
 */
export async function exactExchange(dialling: Dialling, requests: readonly OutgoingRequest[], limits: ExchangeLimits): Promise<Answer> {
  const start = performance.now();
  const elapsed = (): number => Math.round(performance.now() - start);
  const clock = { expired: false };
  const timer = setTimeout(() => {
    clock.expired = true;
    limits.controller.abort();
  }, limits.timeoutMs);
  const { signal } = limits.controller;
  let socket: Socket | undefined;
  try {
    signal.throwIfAborted();
    const [first] = requests;
    if (!first) throw new TypeError('there is nothing to send');
    socket = await dial(first, dialling, signal);
    const { status, headers, body, truncated } = await converse(socket, requests, dialling, limits);
    return { kind: 'answer', status, headers, body, truncated, ms: elapsed() };
  } catch (error) {
    if (clock.expired) return failure('timeout', `no answer within ${limits.timeoutMs} ms`, elapsed());
    if (signal.aborted) return failure('aborted', 'the run was stopped', elapsed());
    if (isNotOffered(error)) return failure('unsupported', 'this machine cannot offer it', elapsed());
    return failureOf(error instanceof NoHttpError ? { code: '' } : error, elapsed());
  } finally {
    clearTimeout(timer);
    socket?.destroy();
  }
}

/** Opens the connection. Its name for TLS is that of the first Host header that would be asked for, never one made up by an attack. */
export async function dial(
  { url, serverName, handshake }: Pick<OutgoingRequest, 'url' | 'serverName' | 'handshake'>,
  { ca, insecureTls, proxies }: Pick<Dialling, 'ca' | 'insecureTls' | 'proxies'>,
  signal: AbortSignal,
  protocols: readonly string[] = ['http/1.1'],
): Promise<Socket> {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const secure = protocol === 'https:';
  const place = { host, port: Number(port) || (secure ? 443 : 80) };
  const name = handshake?.serverName ?? (serverName ?? host).replace(/:\d+$/, '');
  const proxy = proxies?.proxyFor(url);
  const tunnel = proxy && (await openTunnel(proxy, place.host, place.port, { signal, ...(ca !== undefined && { ca }) }));
  if (tunnel && !secure) {
    signal.addEventListener('abort', () => tunnel.destroy(), { once: true });
    return tunnel.on('error', () => undefined);
  }
  const socket = secure
    ? connectTls({
        ...(tunnel ? { socket: tunnel } : place),
        ...(isIP(name) === 0 && name !== '' && { servername: name }),
        ALPNProtocols: [...protocols],
        rejectUnauthorized: !insecureTls,
        ...(ca !== undefined && { ca }),
        ...(handshake && handshakeOptions(handshake)),
      })
    : connectTcp({ ...place, noDelay: true });
  return new Promise((resolve, reject) => {
    const stop = (): void => void socket.destroy(new NoHttpError());
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', reject);
    socket.once('close', () => {
      signal.removeEventListener('abort', stop);
    });
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      socket.removeListener('error', reject);
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}

/** Whatever is pipelined goes out at once; else each request waits for the answer to the one before. */
function converse(
  socket: Socket,
  requests: readonly OutgoingRequest[],
  { headers }: Dialling,
  { maxBodyBytes }: ExchangeLimits,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    let index = 0;
    const readerOf = (at: number): AnswerReader => new AnswerReader(requests[at]?.method ?? '', maxBodyBytes);
    let reader = readerOf(0);
    const send = (from: number): void => {
      const after = requests.findIndex((request, i) => i > from && request.pipelined !== true);
      socket.write(Buffer.concat(requests.slice(from, after < 0 ? requests.length : after).map((request) => bytesOf(request, headers))));
    };
    const answered = (answer: WireAnswer, rest: Buffer): void => {
      index += 1;
      if (index === requests.length) return resolve(answer);
      if (answer.last) return reject(closedEarly());
      reader = readerOf(index);
      if (requests[index]?.pipelined !== true) send(index);
      if (rest.length > 0) take(rest);
    };
    const take = (bytes: Buffer): void => {
      const done = reader.take(bytes);
      if (done) answered(done.answer, done.rest);
    };
    socket.on('data', (bytes: Buffer) => {
      try {
        take(bytes);
      } catch (error) {
        reject(error instanceof Error ? error : closedEarly());
      }
    });
    const over = (): void => {
      const answer = reader.end();
      if (answer && index === requests.length - 1) resolve(answer);
      else reject(closedEarly());
    };
    socket.once('end', over);
    socket.once('close', over);
    send(0);
  });
}

function closedEarly(): Error {
  return Object.assign(new Error(), { code: 'ECONNRESET' });
}

/** Headers stand as they are given; User-Agent and the like are added, and the length of a body unless the request says it itself. */
function bytesOf({ method, url, exact, headers = [], body }: OutgoingRequest, defaults: Readonly<Record<string, string>>): Buffer {
  const { pathname, search } = new URL(url);
  const names = new Set(headers.map(([name]) => name.trim().toLowerCase()));
  const own = Object.entries(defaults).filter(([name]) => !names.has(name.toLowerCase()));
  const content = body === undefined ? undefined : Buffer.from(body);
  const framed = content === undefined || names.has('content-length') || names.has('transfer-encoding');
  const lines = [
    `${method} ${exact?.target ?? `${pathname}${search}`} HTTP/${exact?.version ?? '1.1'}`,
    ...[...headers, ...own].map(([name, value]) => `${name}: ${value}`),
    ...(framed ? [] : [`Content-Length: ${content.length}`]),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), content ?? Buffer.alloc(0)]);
}
