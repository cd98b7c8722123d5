import type { Destination, HttpRoute, IstioObjects, VirtualService } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { ingressPrincipal } from '../../model/mesh';
import { uriMatcher } from '../../model/path-template';
import { connectionManager, directAnswer } from './connection-manager';
import { corsFilterName, corsPolicyConfig } from './cors-policy';
import { identityScheme, principalHeader } from './private-header';
import { cannotDecide, undecidedIngress } from './undecided';

/** Name of the cluster that leads to the sidecar of a destination. */
export type ClusterOf = (destination: Destination) => string;

/** The listener that clients call. @param port on 127.0.0.1 */
export function ingressListener(objects: IstioObjects, port: number, clusterOf: ClusterOf): JsonObject {
  const hop = {
    name: 'ingress',
    filters: [],
    routes: {
      virtual_hosts: virtualHosts(objects, clusterOf),
      ignore_port_in_host_matching: true,
      request_headers_to_add: [overwrite(principalHeader, `${identityScheme}${ingressPrincipal}`)],
    },
    // Clients of this machine send the port with the host; clients of a cluster use port 443 and send none.
    settings: { use_remote_address: true, strip_matching_host_port: true },
  };
  return {
    name: 'ingress',
    address: loopback(port),
    // With it, a second process could take part of the requests.
    enable_reuse_port: false,
    filter_chains: [{ filters: [connectionManager(hop)] }],
  };
}

/** An address of this machine. */
export function loopback(port: number): JsonObject {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}

function virtualHosts(objects: IstioObjects, clusterOf: ClusterOf): JsonObject[] {
  const missing = undecidedIngress(objects);
  if (missing !== undefined) return [{ name: 'undecided', domains: ['*'], routes: [directAnswer(503, cannotDecide(missing))] }];
  const byHost = new Map<string, VirtualService[]>();
  for (const virtualService of objects.virtualServices)
    for (const host of virtualService.hosts) byHost.set(host, [...(byHost.get(host) ?? []), virtualService]);
  return [...byHost].map(([host, services]) => ({
    name: host,
    domains: [host],
    routes: services.flatMap((service) => routesOf(service, clusterOf)),
  }));
}

function routesOf({ namespace, name, http }: VirtualService, clusterOf: ClusterOf): JsonObject[] {
  if (http.some(({ uri }) => !uriMatcher(uri))) {
    const reason = `Istio refuses the VirtualService of ${namespace}/${name} for an invalid path; what is in force instead is not in the input`;
    return [directAnswer(503, cannotDecide(reason))];
  }
  return http.map((route) => routeOf(route, clusterOf));
}

function routeOf(route: HttpRoute, clusterOf: ClusterOf): JsonObject {
  const match = matchOf(route);
  if (route.unsupported) {
    const reason = `what ${route.unsupported.join(', ')} of a route does is not known to the model`;
    return { ...directAnswer(503, cannotDecide(reason)), match };
  }
  const set = Object.entries(route.setRequestHeaders).sort(([a], [b]) => (a < b ? -1 : 1));
  const authority = set.find(([name]) => isAuthority(name))?.[1];
  return {
    match,
    route: {
      cluster: clusterOf(route.destination),
      timeout: `${route.timeoutSeconds}s`,
      retry_policy: { retry_on: 'connect-failure,refused-stream,unavailable,cancelled', num_retries: 2 },
      ...(authority === undefined ? {} : { host_rewrite_literal: authority }),
    },
    request_headers_to_add: set.filter(([name]) => !isAuthority(name)).map(([name, value]) => overwrite(name, value)),
    response_headers_to_remove: [...route.removeResponseHeaders],
    ...(route.cors ? { typed_per_filter_config: { [corsFilterName]: corsPolicyConfig(route.cors) } } : {}),
  };
}

function matchOf({ uri, methodRegex }: HttpRoute): JsonObject {
  const path = { prefix: { prefix: uri.value }, exact: { path: uri.value }, regex: { safe_regex: { regex: uri.value } } }[uri.kind];
  const method = { name: ':method', string_match: { safe_regex: { regex: methodRegex ?? '' } } };
  return { ...path, ...(methodRegex === undefined ? {} : { headers: [method] }) };
}

function isAuthority(name: string): boolean {
  return ['host', ':authority'].includes(name.toLowerCase());
}

function overwrite(key: string, value: string): JsonObject {
  return { header: { key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' };
}
