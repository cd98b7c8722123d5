import type { AuthorizationPolicy, HttpRoute, RequestAuthentication, VirtualService } from './istio';

/** What counts when a real object is compared with an expected one: everything that decides, nothing that only names. */
export interface Comparable {
  readonly namespace: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly spec: unknown;
}

export function comparableService({ namespace, hosts, gateways, http }: VirtualService): Comparable {
  // A host of one label could not be completed; then nothing is known of it.
  const isShort = hosts.some((host) => !host.includes('.'));
  const ordered = { gateways: [...gateways].sort(), http: http.map((route) => comparableRoute(route, isShort)) };
  return { namespace, spec: isShort ? ordered : { hosts: [...hosts].sort(), ...ordered } };
}

function comparableRoute(route: HttpRoute, isShort: boolean): unknown {
  const { uri, methodRegex, destination, timeoutSeconds, setRequestHeaders, removeResponseHeaders, cors, unsupported } = route;
  const headers = Object.entries(setRequestHeaders)
    .map(([name, value]): [string, string] => [name.toLowerCase(), name === 'Cookie' ? inOrder(value) : value])
    .filter(([name]) => !isShort || name !== 'x-forwarded-host');
  return {
    uri: `${uri.kind} ${uri.value}`,
    ...(methodRegex !== undefined && { method: methodRegex }),
    destination: `${destination.service}.${destination.namespace}:${destination.port}`,
    timeout: `${timeoutSeconds}s`,
    requestHeaders: Object.fromEntries(headers.sort()),
    removedResponseHeaders: removeResponseHeaders.map((name) => name.toLowerCase()).sort(),
    ...(cors && { corsPolicy: cors }),
    ...(unsupported && { others: [...unsupported] }),
  };
}

/** Cookies are written in any order. */
function inOrder(cookies: string): string {
  return cookies.split('; ').sort().join('; ');
}

export function comparablePolicy({ namespace, selector, action, provider, rules }: AuthorizationPolicy): Comparable {
  return { namespace, selector: sorted(selector), spec: { action, ...(provider !== undefined && { provider }), rules } };
}

export function comparableAuthentication({ namespace, selector, jwtRules }: RequestAuthentication): Comparable {
  return { namespace, selector: sorted(selector), spec: { jwtRules } };
}

/** Labels in one order. */
export function sorted(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).sort());
}
