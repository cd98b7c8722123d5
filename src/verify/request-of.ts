import type { Authentication } from '../model/api-rule';
import type { OutgoingRequest } from '../http/sender';
import { parsePathTemplate, routeMatcher } from '../model/path-template';
import { intentOfPath, isWriting, type Endpoint } from './endpoint';
import type { Attempt } from './probe';

/** What one attempt sends, apart from the secret text of its token. */
export interface RequestPlan {
  readonly endpoint: Endpoint;
  readonly attempt: Attempt;
  /** Where the token goes. @default - `Authorization: Bearer` */
  readonly trust?: Authentication;
  /** Token or text in its place; absent sends none. */
  readonly token?: string;
  /** True when calls that write may go out as the author of the rule means them. */
  readonly mayWrite: boolean;
  /** Base URL, without slash at the end; the Host header is that of the endpoint. */
  readonly base: string;
  /** Random part for what must not exist. */
  readonly nonce: string;
}

/** A request and the two texts that a report shows of it; neither holds the token. */
export interface PlannedRequest {
  readonly outgoing: OutgoingRequest;
  /** Request line and header names. */
  readonly line: string;
  readonly curl: string;
}

interface TokenPlace {
  readonly headers: readonly (readonly [string, string])[];
  readonly query: string;
}

/** Where the rule reads the token: its first header or parameter, else `Authorization: Bearer`. @see RFC 6750 section 2 */
export function placeToken(token: string, trust: Authentication | undefined): TokenPlace {
  const header = trust?.fromHeaders?.[0];
  const parameter = trust?.fromParams?.[0];
  if (header) return { headers: [[header.name, `${header.prefix ?? ''}${token}`]], query: '' };
  if (parameter !== undefined) return { headers: [], query: `${encodeURIComponent(parameter)}=${encodeURIComponent(token)}` };
  return { headers: [['Authorization', `Bearer ${token}`]], query: '' };
}

/** Builds the request of an attempt. The texts for people are made with `$TOKEN`, so that no token can get into them. */
export function requestOf(plan: RequestPlan): PlannedRequest {
  const { endpoint, attempt, base } = plan;
  const method = attempt.method ?? endpoint.method;
  const real = partsOf(plan, plan.token);
  const shown = partsOf(plan, plan.token === undefined ? undefined : '$TOKEN');
  const names = real.headers.map(([name]) => name);
  return {
    outgoing: {
      method,
      url: `${base}${real.target}`,
      headers: [['Host', endpoint.host], ...real.headers],
      ...(attempt.fresh === true && { fresh: true }),
      ...(real.body === undefined ? {} : { body: real.body }),
    },
    line: `${method} ${shown.target}${names.length === 0 ? '' : ` with ${names.join(', ')}`}`,
    curl: curlOf(method, `${base}${shown.target}`, [['Host', endpoint.host], ...shown.headers], shown.body),
  };
}

function partsOf(plan: RequestPlan, token: string | undefined): { target: string; headers: (readonly [string, string])[]; body?: string } {
  const { endpoint, attempt, mayWrite } = plan;
  const method = attempt.method ?? endpoint.method;
  const place = token === undefined ? { headers: [], query: '' } : placeToken(token, plan.trust);
  const query = [endpoint.hints.query, attempt.query, place.query].filter(Boolean).join('&');
  const writes = isWriting(method) && method !== 'DELETE';
  const own = mayWrite && attempt.method === undefined;
  const typed = (attempt.headers ?? []).some(([name]) => name.toLowerCase() === 'content-type');
  const content: (readonly [string, string])[] =
    writes && !typed ? [['Content-Type', own ? 'application/json' : 'application/x-kyma-guard']] : [];
  return {
    target: `${pathOf(plan, method)}${query === '' ? '' : `?${query.replace('%24TOKEN', '$TOKEN')}`}`,
    headers: [...place.headers, ...(attempt.headers ?? []), ...content],
    ...(writes ? { body: own ? (endpoint.hints.body ?? '') : '' } : {}),
  };
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

function curlOf(method: string, url: string, headers: readonly (readonly [string, string])[], body: string | undefined): string {
  const parts = ['curl', '-i', '--path-as-is', '-X', /^[A-Z]+$/.test(method) ? method : quote(method), quote(url)];
  for (const [name, value] of headers) parts.push('-H', quote(value === '' ? `${name};` : `${name}: ${value}`));
  if (body !== undefined) parts.push('--data', quote(body));
  return parts.join(' ');
}

/** For POSIX shells. `$TOKEN` stands outside the single quotes, where the shell puts it in. */
function quote(text: string): string {
  return text
    .split('$TOKEN')
    .map((part, i) => (part === '' && i > 0 ? '' : `'${part.replaceAll("'", `'\\''`)}'`))
    .join('"$TOKEN"');
}
