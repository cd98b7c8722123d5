import type { JwtRule } from './istio';
import type { NormalRequest } from './normalize-request';

const defaultHeader = { name: 'authorization', prefix: 'Bearer ' };
const defaultParam = 'access_token';

/** Characters that a token may begin with. */
const tokenStart = /[A-Za-z0-9\-_.]/;

/**
 * Token texts that Envoy reads for one issuer, in its order: headers by name, then parameters by name. `Authorization: Bearer` and
 * `access_token` count only while the rule names no place of its own.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/jwt_authn_filter
 */
export function tokenTextsFor(rule: JwtRule, request: NormalRequest): string[] {
  const byDefault = rule.fromHeaders.length === 0 && rule.fromParams.length === 0;
  const headers = byDefault ? [defaultHeader] : rule.fromHeaders;
  const params = byDefault ? [defaultParam] : rule.fromParams;
  const places = new Map(headers.map(({ name, prefix = '' }) => [`${name.toLowerCase()}${prefix}`, { name: name.toLowerCase(), prefix }]));
  return [
    ...inOrder([...places.keys()]).flatMap((key) => fromHeader(request, places.get(key) ?? defaultHeader)),
    ...inOrder([...new Set(params)]).flatMap((name) => fromQuery(request.query, name)),
  ];
}

function inOrder(texts: readonly string[]): string[] {
  return [...texts].sort((a, b) => (a < b ? -1 : 1));
}

function fromHeader(
  { headers, headerLines }: NormalRequest,
  { name, prefix }: { readonly name: string; readonly prefix: string },
): string[] {
  const joined = headers[name];
  const values = (name === 'authorization' ? undefined : headerLines?.[name]) ?? (joined === undefined ? [] : [joined]);
  return values.flatMap((value) => fromValue(value, prefix));
}

/** The prefix counts wherever it stands; what follows the first character of a token is taken to the end. */
function fromValue(value: string, prefix: string): string[] {
  if (prefix === '') return [value];
  const start = value.indexOf(prefix);
  if (start < 0) return [];
  const rest = value.slice(start + prefix.length);
  const first = rest.search(tokenStart);
  return [first < 0 ? value : rest.slice(first)];
}

function fromQuery(query: string | undefined, name: string): string[] {
  for (const pair of query?.split('&') ?? []) {
    const equals = pair.indexOf('=');
    const key = equals < 0 ? pair : pair.slice(0, equals);
    if (percentDecode(key) === name) return [equals < 0 ? '' : percentDecode(pair.slice(equals + 1))];
  }
  return [];
}

function percentDecode(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_match, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
