import type { Destination } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { connectionManager } from './connection-manager';
import { loopback, type ClusterOf } from './ingress';

/**
 * The way of callers inside the cluster: hosts are names of Services, and the caller names its identity in the private header, as its
 * certificate would. No part of `local`; for tests of the access model.
 */
export function insideListener(port: number, destinations: readonly Destination[], clusterOf: ClusterOf): JsonObject {
  const byHost = new Map(destinations.map((destination) => [`${destination.service}.${destination.namespace}`, destination]));
  const hosts = [...byHost].map(([host, destination]) => ({
    name: host,
    domains: [host, `${host}.svc.cluster.local`],
    routes: [{ match: { prefix: '/' }, route: { cluster: clusterOf(destination), timeout: '0s' } }],
  }));
  const hop = {
    name: 'inside',
    filters: [],
    routes: { virtual_hosts: hosts, ignore_port_in_host_matching: true },
    settings: { use_remote_address: false },
  };
  return { name: 'inside', address: loopback(port), enable_reuse_port: false, filter_chains: [{ filters: [connectionManager(hop)] }] };
}
