import { allowsOrigin, isPreflight } from './cors';
import type { HttpRoute, IstioObjects, VirtualService } from './istio';
import { fullMatch } from './linear-regex';
import { withoutPort, type NormalRequest } from './normalize-request';
import { uriMatcher } from './path-template';

/** Where the ingress gateway sends a request. */
export type Routing =
  | { readonly kind: 'route'; readonly route: HttpRoute }
  | { readonly kind: 'preflight'; readonly route: HttpRoute }
  | { readonly kind: 'nowhere'; readonly why: string }
  | { readonly kind: 'unknown'; readonly missing: string };

/** Finds the VirtualService of the host and its first route that takes method and path. */
export function routeRequest(objects: IstioObjects, request: NormalRequest): Routing {
  const host = withoutPort(request.host);
  // One for the mesh only, which is also what no gateway at all means, is not seen from outside.
  const outside = objects.virtualServices.filter(({ gateways }) => gateways.some((gateway) => gateway !== 'mesh'));
  const virtualService = virtualServiceFor(outside, host);
  if (!virtualService) return hostless(outside, host);
  if (virtualService.http.some((route) => !uriMatcher(route.uri))) {
    return {
      kind: 'unknown',
      missing: `Istio refuses the VirtualService of ${virtualService.namespace}/${virtualService.name} for an invalid path; what is in force instead is not in the input`,
    };
  }
  const route = virtualService.http.find((candidate) => takes(candidate, request));
  if (!route)
    return {
      kind: 'nowhere',
      why: `no route of ${virtualService.namespace}/${virtualService.name} takes ${request.method} ${request.path}`,
    };
  if (route.unsupported)
    return { kind: 'unknown', missing: `what ${route.unsupported.join(', ')} of a route does is not known to the model` };
  const answered = isPreflight(request) && route.cors !== undefined && allowsOrigin(route.cors, request.headers['origin'] ?? '');
  return { kind: answered ? 'preflight' : 'route', route };
}

/** The exact host first, then the longest wildcard. */
export function virtualServiceFor(all: readonly VirtualService[], host: string): VirtualService | undefined {
  const exact = all.find(({ hosts }) => hosts.includes(host));
  if (exact) return exact;
  let best: { readonly length: number; readonly virtualService: VirtualService } | undefined;
  for (const virtualService of all) {
    const length = Math.max(0, ...virtualService.hosts.filter((pattern) => hostMatches(pattern, host)).map((pattern) => pattern.length));
    if (length > (best?.length ?? 0)) best = { length, virtualService };
  }
  return best?.virtualService;
}

/** True when a host of a VirtualService or policy (`*.example.com` included) takes a host without port, both in lower case. */
export function hostMatches(pattern: string, host: string): boolean {
  return pattern === '*' || pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
}

function hostless(all: readonly VirtualService[], host: string): Routing {
  const label = host.split('.')[0] ?? '';
  const short = all.some(({ hosts }) => hosts.includes(label));
  if (short) return { kind: 'unknown', missing: `the domain that completes host ${label} is not in the input` };
  return { kind: 'nowhere', why: `no VirtualService has host ${host}` };
}

function takes(route: HttpRoute, request: NormalRequest): boolean {
  // CONNECT has no path that a route could match.
  if (request.method === 'CONNECT') return false;
  const method = route.methodRegex === undefined || (fullMatch(route.methodRegex)?.(request.method) ?? false);
  return method && (uriMatcher(route.uri)?.(request.path) ?? false);
}
