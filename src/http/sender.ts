import { failure, type Answer } from './answer';
import { exactExchange } from './exact-exchange';
import { exchange, type ExchangeLimits, type OutgoingRequest } from './exchange';
import { h2Exchange } from './h2-exchange';
import { createPace } from './pace';
import type { Scope } from './scope';
import { connect, type WireOptions } from './wire';

export type { Answer, FailureReason } from './answer';
export type { OutgoingRequest } from './exchange';
export { runIdHeader } from './wire';

/** How a sender behaves. */
export interface SenderOptions extends WireOptions {
  /** Hosts that may be asked. @default - every host; only for issuers, never for targets under test */
  readonly scope?: Scope;
  /** Requests started per second, per host. @default - no limit */
  readonly ratePerSecond?: number;
  /** Requests in all; further ones fail with `budget`. @default - no limit */
  readonly maxRequests?: number;
  /** From sending to the end of the body, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  /** Bytes of a body that are kept, the rest is not read. @default 1048576 */
  readonly maxBodyBytes?: number;
  /** Stops the run: what is under way fails with `aborted`, and nothing more is sent. */
  readonly signal?: AbortSignal;
}

/** Sends HTTP requests: no redirect is followed, a proxy only where one is given, nothing decompressed, every status is an answer. */
export interface Sender {
  /** Network trouble is an answer of kind `failure`. @throws {OutOfScopeError} ERR_OUT_OF_SCOPE before any packet */
  send(request: OutgoingRequest): Promise<Answer>;
  /** Requests sent so far. */
  readonly sent: number;
  /** Requests sent so far to one host, as it stands in the URL (with port if that is not the usual one). */
  sentTo(host: string): number;
  /** Ends what is under way and closes all connections. */
  close(): void;
}

/** Builds a sender with its own pool of connections; close it when the run is over. */
export function createSender(options: SenderOptions): Sender {
  const { scope, maxRequests = Infinity, timeoutMs = 10_000, maxBodyBytes = 1_048_576 } = options;
  const { wire, dialling, closeAgents } = connect(options);
  const pace = createPace(options);
  const counts = new Map<string, number>();
  const live = new Set<AbortController>();
  const state = { sent: 0, stopped: options.signal?.aborted ?? false };
  const stop = (): void => {
    state.stopped = true;
    pace.open();
    for (const controller of live) controller.abort();
  };
  options.signal?.addEventListener('abort', stop, { once: true });

  async function send(meant: OutgoingRequest): Promise<Answer> {
    const { host, request } = addressed(meant, scope);
    const count = 1 + (request.before?.length ?? 0);
    if (state.sent + count > maxRequests) return failure('budget', 'the limit of requests for this run is reached');
    state.sent += count;
    const leave = await pace.enter(host);
    const controller = new AbortController();
    live.add(controller);
    try {
      if (state.stopped) {
        state.sent -= count;
        return failure('aborted', 'the run was stopped');
      }
      counts.set(host, (counts.get(host) ?? 0) + count);
      const answer = await carry(request, { timeoutMs: request.timeoutMs ?? timeoutMs, maxBodyBytes, controller });
      if (answer.kind === 'failure' && answer.reason === 'unsupported') state.sent -= count;
      return answer;
    } finally {
      live.delete(controller);
      leave();
    }
  }

  /** All requests of one connection go to the address of the last, which the guard has seen. */
  function carry(request: OutgoingRequest, limits: ExchangeLimits): Promise<Answer> {
    if (request.over !== 'bytes' && request.over !== 'h2') return exchange(wire, request, limits);
    const { origin } = new URL(request.url);
    const { serverName } = request;
    const named = serverName === undefined ? {} : { serverName };
    const all = [...(request.before ?? []).map((one) => ({ ...named, ...one, url: `${origin}${pathOf(one.url)}` })), request];
    return request.over === 'h2' ? h2Exchange(dialling, all, limits) : exactExchange(dialling, all, limits);
  }

  return {
    send,
    get sent() {
      return state.sent;
    },
    sentTo: (host) => counts.get(host.toLowerCase()) ?? 0,
    close() {
      options.signal?.removeEventListener('abort', stop);
      stop();
      closeAgents();
    },
  };
}

/**
 * Where the packets go. The guard looks at the last address, after the target is put in. Behind a target the name that TLS asks for, and the
 * certificate is checked for, is still that of the host; the ordinary client takes it from the Host header.
 */
function addressed(request: OutgoingRequest, scope: Scope | undefined): { readonly host: string; readonly request: OutgoingRequest } {
  const headers = request.headers ?? [];
  const meant = new URL(request.url);
  const { host, hostname, pathname, search, username, password, protocol } = meant;
  if (protocol !== 'http:' && protocol !== 'https:') throw new TypeError('the URL of a request starts with http:// or https://');
  if (username !== '' || password !== '') throw new TypeError('the URL of a request holds no credentials');
  const target = scope?.targetOf(hostname);
  if (target === undefined) {
    scope?.check(meant);
    return { host, request };
  }
  const url = `${target}${pathname}${search}`;
  scope?.check(url);
  const named = headers.some(([name]) => name.toLowerCase() === 'host');
  return { host, request: { serverName: hostname, ...request, url, headers: named ? headers : [...headers, ['Host', host]] } };
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}
