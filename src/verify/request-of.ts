import type { Authentication } from '../model/api-rule';
import type { OutgoingRequest } from '../http/sender';
import { garbageTexts } from '../model/garbage-text';
import { parsePathTemplate, routeMatcher } from '../model/path-template';
import { curlLine, type CurlCall } from './curl';
import { curlThrough, doorOf, doorTimeoutMs } from './door';
import { intentOfPath, isWriting, type Endpoint } from './endpoint';
import { placeAt, placeToken, type PlacedToken } from './place-token';
import type { Attempt, Credential } from './probe';

/** What one attempt sends, apart from the secret text of its token. */
export interface RequestPlan {
  readonly endpoint: Endpoint;
  readonly attempt: Attempt;
  /** Where the token goes. @default - `Authorization: Bearer` */
  readonly trust?: Authentication;
  /** Token or text in its place; absent sends none. */
  readonly token?: string;
  /** The good token, for requests that go out before. */
  readonly good?: string;
  /** True when calls that write may go out as the author of the rule means them. */
  readonly mayWrite: boolean;
  /** Base URL, without slash at the end; the Host header is that of the endpoint. */
  readonly base: string;
  /** Random part for what must not exist. */
  readonly nonce: string;
  /** Any certificate of the target is taken, by `curl` as well. @default false */
  readonly insecureTls?: boolean;
}

/** A request and the two texts that a report shows of it; neither holds the token. They are made when asked for: most requests are in no report. */
export interface PlannedRequest {
  readonly outgoing: OutgoingRequest;
  /** What goes out before it over connections of their own. */
  readonly apart: readonly OutgoingRequest[];
  /** Request line and header names. */
  readonly line: () => string;
  readonly curl: () => string;
}

/** Builds the request of an attempt. The texts for people are made with `$TOKEN`, so that no token can get into them. */
export function requestOf(plan: RequestPlan): PlannedRequest {
  const { how, attempts = [] } = plan.attempt.before ?? {};
  const { token: _, ...shared } = plan;
  const before = attempts.map((attempt) => one({ ...shared, attempt, ...tokenBefore(attempt, plan.good) }));
  const last = one(plan);
  const joined = how === 'connection' || how === 'pipelined';
  return {
    outgoing: {
      ...last.outgoing,
      ...(joined && { before: before.map(({ outgoing }) => ({ ...outgoing, pipelined: how === 'pipelined' })) }),
      ...(how === 'pipelined' && { pipelined: true }),
    },
    apart: joined ? [] : before.map(({ outgoing }) => outgoing),
    line: () => [last.shown().line, ...before.map(({ shown }) => `after ${shown().line}`)].join(' '),
    curl: () => {
      const { call } = last.shown();
      return curlLine([...before.map(({ shown }) => shown().call), how === 'cookies' ? withCookie(call) : call]);
    },
  };
}

function tokenBefore({ credential }: Attempt, good: string | undefined): { token?: string } {
  if (credential.kind === 'text') return { token: credential.text };
  return credential.kind === 'valid' && good !== undefined ? { token: good } : {};
}

function withCookie(call: CurlCall): CurlCall {
  return { ...call, headers: [...call.headers, ['Cookie', '$COOKIE']] };
}

/** What a report shows of one request. */
interface ShownRequest {
  readonly line: string;
  readonly call: CurlCall;
}

interface OneRequest {
  readonly outgoing: OutgoingRequest;
  readonly shown: () => ShownRequest;
}

/** Another way in gets no token, whatever the attempt says: nobody knows who listens there. */
function one(plan: RequestPlan): OneRequest {
  const { door } = plan.attempt;
  const way = door && doorOf(door, plan.base);
  if (!door || typeof way !== 'object') return straight(plan);
  const { token: _token, good: _good, ...rest } = plan;
  const { outgoing, shown } = straight({ ...rest, base: way.base });
  const { handshake } = way;
  const through = (): ShownRequest => ({ line: shown().line, call: curlThrough(shown().call, door) });
  return { outgoing: { ...outgoing, timeoutMs: doorTimeoutMs, ...(handshake && { handshake }) }, shown: through };
}

function straight(plan: RequestPlan): OneRequest {
  const { endpoint, attempt, base } = plan;
  const { target, headers, body } = partsOf(plan, plan.token);
  const wire = attempt.over ?? 'client';
  return {
    outgoing: {
      method: attempt.method ?? endpoint.method,
      url: wire === 'bytes' ? base : `${base}${target}`,
      headers: [...hostsOf(plan), ...headers],
      ...(wire !== 'client' && { over: wire, serverName: attempt.at ?? endpoint.host }),
      ...(wire === 'bytes' && { exact: exactOf(plan, target) }),
      ...(attempt.fresh === true && { fresh: true }),
      ...(body === undefined ? {} : { body }),
    },
    shown: () => shownOf(plan),
  };
}

function exactOf({ attempt, base }: RequestPlan, target: string): NonNullable<OutgoingRequest['exact']> {
  return {
    target: attempt.target ?? `${new URL(base).pathname.replace(/\/$/, '')}${target}`,
    version: attempt.version ?? '1.1',
  };
}

function hostsOf({ attempt, endpoint }: RequestPlan): (readonly [string, string])[] {
  return (attempt.hosts ?? [attempt.at ?? endpoint.host]).map((line) => ['Host', line] as const);
}

/** What `$TOKEN` stands for in the texts of a request. */
const tokenNames: Readonly<Record<Credential['kind'], string>> = {
  none: 'the token',
  valid: 'a good token',
  text: 'the text that the variant names',
  forged: 'the hostile token that the variant names, which is not shown',
  denied: 'the token of that client',
  neighbour: 'a good token of that issuer',
  ended: 'a token that has ended',
  'id-token': 'the ID token that came with the good token',
};

function shownOf(plan: RequestPlan): ShownRequest {
  const { endpoint, attempt, base } = plan;
  const method = attempt.method ?? endpoint.method;
  const inPlace = plan.token === undefined || garbageTexts.has(plan.token) ? plan.token : '$TOKEN';
  const { target, headers, body } = partsOf(plan, inPlace);
  const names = headers.map(([name]) => name);
  const meaning = inPlace === '$TOKEN' ? `; $TOKEN is ${tokenNames[attempt.credential.kind]}` : '';
  return {
    line: `${method} ${attempt.target ?? target}${names.length === 0 ? '' : ` with ${names.join(', ')}`}${meaning}`,
    call: {
      method,
      ...shownPlace(plan, target),
      headers: [...hostsOf(plan), ...headers],
      ...(body !== undefined && { body }),
      ...(attempt.target !== undefined && { target: attempt.target }),
      ...(attempt.version === '1.0' && { protocol: '1.0' as const }),
      ...(attempt.over === 'h2' && { protocol: base.startsWith('https:') ? ('h2' as const) : ('h2c' as const) }),
    },
  };
}

/** Over TLS the name that is asked for is that of the host, wherever the target leads. `curl` takes it from the URL, not from the Host header. */
function shownPlace({ base, attempt, endpoint, insecureTls }: RequestPlan, target: string): Pick<CurlCall, 'url' | 'options'> {
  const { protocol, hostname, port } = new URL(base);
  const host = attempt.at ?? endpoint.host;
  const trust = protocol === 'https:' && insecureTls === true ? ['-k'] : [];
  if (protocol !== 'https:' || hostname === host.toLowerCase()) return { url: `${base}${target}`, options: trust };
  const path = base.replace(/^https:\/\/[^/]+/i, '');
  const url = `https://${host}${port === '' ? '' : `:${port}`}${path}${target}`;
  return { url, options: [...trust, '--connect-to', `::${hostname}:${port === '' ? 443 : port}`] };
}

function partsOf(plan: RequestPlan, token: string | undefined): { target: string; headers: (readonly [string, string])[]; body?: string } {
  const { endpoint, attempt, mayWrite } = plan;
  const method = attempt.method ?? endpoint.method;
  const placed: PlacedToken = token === undefined ? { headers: [], query: '' } : placedBy(attempt, token, plan.trust);
  const query = [endpoint.hints.query, attempt.query, placed.query].filter(Boolean).join('&');
  const writes = isWriting(method) && method !== 'DELETE';
  const own = mayWrite && attempt.method === undefined;
  const typed = (attempt.headers ?? []).some(([name]) => name.toLowerCase() === 'content-type');
  const type = placed.form === undefined ? (own ? 'application/json' : 'application/x-kyma-guard') : 'application/x-www-form-urlencoded';
  const content: (readonly [string, string])[] = (writes || placed.form !== undefined) && !typed ? [['Content-Type', type]] : [];
  const headers = [...placed.headers, ...(attempt.headers ?? []), ...content];
  const meant = attempt.body ?? placed.form ?? (writes ? (own ? (endpoint.hints.body ?? '{}') : '') : undefined);
  const body = attempt.bare ? undefined : writes && !mayWrite ? '' : meant;
  return {
    target: `${pathOf(plan, method)}${query === '' ? '' : `?${query.replace('%24TOKEN', '$TOKEN')}`}`,
    headers: attempt.bare ? headers.filter(([name]) => name.toLowerCase() !== 'content-type') : headers,
    ...(body === undefined ? {} : { body: body.replace('%24TOKEN', '$TOKEN') }),
  };
}

function placedBy({ place }: Attempt, token: string, trust: Authentication | undefined): PlacedToken {
  return place ? placeAt(token, place) : placeToken(token, trust);
}

/** Without consent a DELETE names something that does not exist: its last part is random. */
function pathOf({ attempt, endpoint, mayWrite, nonce }: RequestPlan, method: string): string {
  const path = attempt.path ?? endpoint.samplePath;
  return method === 'DELETE' && !mayWrite ? beside(path, nonce) : path;
}

function beside(path: string, nonce: string): string {
  return `${path.replace(/\/[^/]*$/, '')}/kyma-guard-${nonce}`;
}

/** True when a DELETE can name something of this rule that does not exist. On a fixed path it would leave the rule, and prove nothing. */
export function hasRandomPath(endpoint: Endpoint, nonce: string): boolean {
  const path = beside(endpoint.samplePath, nonce);
  const template = parsePathTemplate(endpoint.path);
  return template !== undefined && routeMatcher(template)(path) && intentOfPath(endpoint, endpoint.method, path) === endpoint.intent;
}
