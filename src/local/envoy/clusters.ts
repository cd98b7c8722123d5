import type { JsonObject } from '../../model/json';
import { typedConfig } from './typed-config';

/** A cluster that leads to a listener inside the same Envoy. */
export function internalCluster(name: string, listener: string): JsonObject {
  const address = { envoy_internal_address: { server_listener_name: listener } };
  return { name, type: 'STATIC', connect_timeout: '10s', load_assignment: assignment(name, [address]) };
}

/** A cluster that leads to a process. @param url Base URL; undefined for one that is down */
export function processCluster(name: string, url: string | undefined): JsonObject {
  if (url === undefined) return { name, type: 'STATIC', connect_timeout: '10s', load_assignment: assignment(name, []) };
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'https:';
  const number = port === '' ? (secure ? 443 : 80) : Number(port);
  const host = hostname.replace(/^\[|\]$/g, '');
  const address = { socket_address: { address: host, port_value: number } };
  return {
    name,
    type: isAddress(host) ? 'STATIC' : 'STRICT_DNS',
    connect_timeout: '10s',
    load_assignment: assignment(name, [address]),
    ...(secure ? { transport_socket: tlsSocket(host) } : {}),
  };
}

function tlsSocket(sni: string): JsonObject {
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: typedConfig('envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', { sni }),
  };
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}

function assignment(cluster: string, addresses: readonly JsonObject[]): JsonObject {
  return { cluster_name: cluster, endpoints: [{ lb_endpoints: addresses.map((address) => ({ endpoint: { address } })) }] };
}
