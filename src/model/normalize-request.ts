import type { AccessRequest } from './access';

/** A request in the form that routes and policies see. */
export interface NormalRequest {
  /** Lower case, port included if the client sent one. */
  readonly host: string;
  readonly method: string;
  /** As the ingress gateway sees it. */
  readonly path: string;
  /** As the workload and its proxy see it, which normalizes once more. */
  readonly workloadPath: string;
  /** Without the question mark; `undefined` when there is none. */
  readonly query: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly caller?: string;
  readonly headerLines?: Readonly<Record<string, readonly string[]>>;
}

/** What the gateway's HTTP/1.1 parser knows; every other word is a malformed request. */
const knownMethods = new Set([
  ...['ACL', 'BIND', 'CHECKOUT', 'CONNECT', 'COPY', 'DELETE', 'GET', 'HEAD', 'LINK', 'LOCK', 'MERGE', 'MKACTIVITY', 'MKCALENDAR'],
  ...['MKCOL', 'MOVE', 'MSEARCH', 'NOTIFY', 'OPTIONS', 'PATCH', 'POST', 'PROPFIND', 'PROPPATCH', 'PURGE', 'PUT', 'REBIND', 'REPORT'],
  ...['SEARCH', 'SOURCE', 'SUBSCRIBE', 'TRACE', 'UNBIND', 'UNLINK', 'UNLOCK', 'UNSUBSCRIBE'],
]);

/** A request that the gateway refuses before it looks at routes. */
export interface Malformed {
  readonly refused: 400;
  readonly body: string;
}

const badRequest: Malformed = { refused: 400, body: 'Bad Request' };

/**
 * Normalizes as the mesh does by default (`BASE`), before routes and policies look: dot segments and backslashes resolved,
 * percent-encoded unreserved characters decoded, characters that no URL may hold encoded. Slashes are not merged and `%2F` stays.
 *
 * @returns `undefined` when the gateway does not take the request
 * @see https://istio.io/latest/docs/reference/config/security/normalization/
 */
export function normalizeRequest(request: AccessRequest): NormalRequest | undefined {
  const read = readRequest(request);
  return 'refused' in read ? undefined : read;
}

/** The normalized request, or the answer of the gateway when it does not take it. */
export function readRequest(request: AccessRequest): NormalRequest | Malformed {
  const { method, headers, caller, headerLines } = request;
  if (!knownMethods.has(method)) return badRequest;
  const parts = partsOf(request);
  if (!parts) return badRequest;
  const { host, target } = parts;
  if (!hostForm.test(host) || !visible.test(target)) return badRequest;
  const { path, query } = splitTarget(target);
  if (path.includes('%00')) return { refused: 400, body: '' };
  return {
    host: host.toLowerCase(),
    method,
    ...pathsOf(path),
    query,
    headers,
    ...(headerLines === undefined ? {} : { headerLines }),
    ...(caller === undefined ? {} : { caller }),
  };
}

function pathsOf(sent: string): Pick<NormalRequest, 'path' | 'workloadPath'> {
  const path = sent.startsWith('/') ? normalizePath(sent) : sent;
  return { path, workloadPath: path.startsWith('/') ? normalizePath(path) : path };
}

/** Characters of a host with port; an empty host is no malformed one, it is only nobody's. */
const hostForm = /^[\w\-.~:[\]@!$&'()*+,;=%]*$/;
const visible = /^[\x21-\x7e]+$/;

/**
 * Resolves one path without query, as one hop does. It must begin with a slash. Parameters of a dot segment are dropped before escapes
 * are decoded, so a second hop may find more to resolve.
 */
export function normalizePath(path: string): string {
  const plain = path.replace(/(^|\/)(\.{1,2});[^/]*/g, '$1$2');
  const decoded = decodeUnreserved(plain).replaceAll('\\', '/');
  return removeDotSegments(decoded.replace(/["<>^`{|}]/g, encodeCharacter));
}

/** Drops the port of a host, whatever stands there. */
export function withoutPort(host: string): string {
  const colon = host.lastIndexOf(':');
  return colon < 0 || host.indexOf(']', colon) >= 0 ? host : host.slice(0, colon);
}

/** Host and target of the three forms of a request line. @see RFC 9112 section 3.2 */
function partsOf({ method, host, target }: AccessRequest): { readonly host: string; readonly target: string } | undefined {
  if (method === 'CONNECT') return /^[^/?#@]+:\d+$/.test(target) ? { host: target, target: '/' } : undefined;
  if (method === 'OPTIONS' && target === '*') return { host, target };
  const absolute = /^https?:\/\/([^/?#]+)(.*)$/i.exec(target);
  if (absolute) return { host: (absolute[1] ?? '').replace(/^[^@]*@/, ''), target: absolute[2] === '' ? '/' : (absolute[2] ?? '') };
  return target.startsWith('/') ? { host, target } : undefined;
}

function splitTarget(target: string): { path: string; query: string | undefined } {
  // Istio has Envoy cut the fragment off before anything else.
  const sent = target.split('#', 1)[0] ?? '';
  const mark = sent.indexOf('?');
  return mark < 0 ? { path: sent, query: undefined } : { path: sent.slice(0, mark), query: sent.slice(mark + 1) };
}

/** Decodes unreserved characters. Where this would make an escape out of a lone `%`, that one is escaped itself. */
function decodeUnreserved(path: string): string {
  let decoded = '';
  let lone = -1;
  let at = 0;
  while (at < path.length) {
    const escape = /^%[0-9a-fA-F]{2}/.exec(path.slice(at, at + 3))?.[0] ?? '';
    if (escape === '' && path[at] === '%') lone = decoded.length;
    const character = escape === '' ? path.charAt(at) : fromEscape(escape);
    decoded += character;
    at += escape === '' ? 1 : 3;
    const changed = escape !== '' && character !== escape;
    if (changed && makesEscape(decoded, lone, path.charAt(at))) decoded = `${decoded.slice(0, lone)}%25${decoded.slice(lone + 1)}`;
  }
  return decoded;
}

function makesEscape(decoded: string, lone: number, next: string): boolean {
  const behind = decoded.slice(lone + 1);
  return lone >= 0 && /^[0-9a-fA-F]{2}$/.test(behind.length === 1 ? behind + next : behind);
}

/** The character that an escape stands for, if it is unreserved; else the escape. */
function fromEscape(escape: string): string {
  const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  return /[A-Za-z0-9\-._~]/.test(character) ? character : escape;
}

function encodeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** @see RFC 3986 section 5.2.4 */
function removeDotSegments(path: string): string {
  const segments = path.split('/').slice(1);
  const kept: string[] = [];
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === '..') kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (last) kept.push('');
  });
  return `/${kept.join('/')}`;
}
