import type { JwtRule } from './istio';
import type { NormalRequest } from './normalize-request';

const defaultHeader = { name: 'authorization', prefix: 'Bearer ' };
const defaultParam = 'access_token';

/** Characters that a token consists of. */
const tokenText = /[A-Za-z0-9\-_.]+/;

/**
 * Token texts that Envoy reads for one issuer, header first. `Authorization: Bearer` and `access_token` count only while the
 * rule names no place of its own.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/jwt_authn_filter
 */
export function tokenTextsFor(rule: JwtRule, request: NormalRequest): string[] {
  const byDefault = rule.fromHeaders.length === 0 && rule.fromParams.length === 0;
  const headers = byDefault ? [defaultHeader] : rule.fromHeaders;
  const params = byDefault ? [defaultParam] : rule.fromParams;
  return [
    ...headers.flatMap(({ name, prefix = '' }) => fromHeader(request.headers[name.toLowerCase()], prefix)),
    ...params.flatMap((name) => fromQuery(request.query, name)),
  ];
}

function fromHeader(value: string | undefined, prefix: string): string[] {
  if (value === undefined) return [];
  if (prefix === '') return [value];
  // The prefix counts wherever it stands; other schemes before it do not matter.
  const start = value.indexOf(prefix);
  if (start < 0) return [];
  const rest = value.slice(start + prefix.length);
  return [tokenText.exec(rest)?.[0] ?? value];
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
