import type { HttpRoute } from './istio';
import { fullMatch } from './linear-regex';

type Cors = NonNullable<HttpRoute['cors']>;

/** True for a CORS preflight: OPTIONS with `Origin` and `Access-Control-Request-Method`. Names of headers in lower case. @see Fetch standard, section 3.2.2 */
export function isPreflight(request: { readonly method: string; readonly headers: Readonly<Record<string, string>> }): boolean {
  const { origin = '', 'access-control-request-method': wanted = '' } = request.headers;
  return request.method === 'OPTIONS' && origin !== '' && wanted !== '';
}

/** True when the policy lets a browser page of this origin in. A pattern that takes the text `*` takes every origin, as Envoy has it. */
export function allowsOrigin(cors: Cors, origin: string): boolean {
  return cors.allowOrigins.some((pattern) => matchesOrigin(pattern, '*') || matchesOrigin(pattern, origin));
}

/** Headers that the gateway adds to an answer for a page of an allowed origin; `preflight` adds those of a preflight's answer. */
export function corsHeaders(cors: Cors, origin: string, preflight: boolean): Record<string, string> {
  const always = {
    'access-control-allow-origin': origin,
    ...(cors.allowCredentials === true ? { 'access-control-allow-credentials': 'true' } : {}),
  };
  if (!preflight) return { ...always, ...listHeader('access-control-expose-headers', cors.exposeHeaders) };
  return {
    ...always,
    ...listHeader('access-control-allow-methods', cors.allowMethods),
    ...listHeader('access-control-allow-headers', cors.allowHeaders),
    ...(cors.maxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(cors.maxAgeSeconds) }),
  };
}

function listHeader(name: string, values: readonly string[]): Record<string, string> {
  return values.length > 0 ? { [name]: values.join(',') } : {};
}

function matchesOrigin({ match, value }: Cors['allowOrigins'][number], origin: string): boolean {
  if (match === 'exact') return origin === value;
  return match === 'prefix' ? origin.startsWith(value) : (fullMatch(value)?.(origin) ?? false);
}
