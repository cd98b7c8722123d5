import type { AccessRequest } from './access';

/** A request in the form that routes and policies see. */
export interface NormalRequest {
  /** Lower case, port included if the client sent one. */
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** Without the question mark; `undefined` when there is none. */
  readonly query: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly caller?: string;
}

/** Methods are case-sensitive; Envoy refuses what is not upper case. */
const methodForm = /^[A-Z][A-Z-]*$/;

/**
 * Normalizes as the mesh does by default (`BASE`), before routes and policies look: dot segments and backslashes resolved,
 * percent-encoded unreserved characters decoded. Slashes are not merged and `%2F` stays. `undefined` when Envoy answers 400.
 *
 * @see https://istio.io/latest/docs/reference/config/security/normalization/
 */
export function normalizeRequest(request: AccessRequest): NormalRequest | undefined {
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/i.exec(request.target);
  const host = (absolute?.[1] ?? request.host).toLowerCase();
  const target = absolute ? withSlash(absolute[2] ?? '') : request.target;
  if (!methodForm.test(request.method) || host === '' || !target.startsWith('/')) return undefined;
  const { path, query } = splitTarget(target);
  return {
    host,
    method: request.method,
    path: normalizePath(path),
    query,
    headers: request.headers,
    ...(request.caller === undefined ? {} : { caller: request.caller }),
  };
}

/** Resolves one path without query. It must begin with a slash. */
export function normalizePath(path: string): string {
  const decoded = path.replace(/%[0-9a-fA-F]{2}/g, decodeUnreserved).replaceAll('\\', '/');
  return removeDotSegments(decoded);
}

/** Drops the port of a host, if it has one. */
export function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '');
}

function withSlash(target: string): string {
  return target.startsWith('/') ? target : `/${target}`;
}

function splitTarget(target: string): { path: string; query: string | undefined } {
  // Istio has Envoy cut the fragment off before anything else.
  const sent = target.split('#', 1)[0] ?? '';
  const mark = sent.indexOf('?');
  return mark < 0 ? { path: sent, query: undefined } : { path: sent.slice(0, mark), query: sent.slice(mark + 1) };
}

function decodeUnreserved(escape: string): string {
  const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  return /[A-Za-z0-9\-._~]/.test(character) ? character : escape;
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
