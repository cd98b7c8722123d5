import type { ApiRule } from '../api-rule';
import { hostIn, type Cluster } from '../cluster';
import type { AuthorizationPolicy, Destination, IstioObjects, RequestAuthentication, VirtualService } from '../istio';
import { selectsIngress } from '../select-workload';
import { indexSelections } from './selection-index';

/** Everything that decides about the requests to one host. */
export interface HostScope {
  /** As clients write it; a name below the domain for a wildcard. */
  readonly host: string;
  readonly objects: IstioObjects;
  /** APIRules that speak about the host, the closest first. */
  readonly apiRules: readonly ApiRule[];
  readonly destinations: readonly Destination[];
}

/** First label of hosts that stand for all hosts below a wildcard. */
const sampleLabel = 'sample-host';

/** Splits a cluster by hosts. Takes time in proportion to the objects, not to their square. */
export function* hostScopes(cluster: Cluster, objects: IstioObjects): Generator<HostScope> {
  const policies = indexSelections<AuthorizationPolicy>(objects.authorizationPolicies, ({ origin }) => origin !== undefined);
  const authentications = indexSelections<RequestAuthentication>(objects.requestAuthentications, ({ apiRule }) => apiRule !== undefined);
  const atIngress = [...objects.authorizationPolicies, ...objects.requestAuthentications].some(selectsIngress);
  const services = byHost(objects.virtualServices.filter(isOutside), ({ hosts }) => hosts);
  const rules = byHost(cluster.apiRules, (apiRule) => apiRule.hosts.map((host) => hostIn(cluster, apiRule, host)));
  const hosts = new Set([...services.keys(), ...rules.keys()]);
  for (const pattern of hosts) {
    const host = pattern.startsWith('*') ? sampleBelow(pattern, hosts) : pattern;
    const virtualServices = closest(services, host).slice(0, 1);
    const destinations = distinct(virtualServices.flatMap(({ http }) => http.map(({ destination }) => destination)));
    const near = {
      virtualServices,
      authorizationPolicies: unique(destinations.flatMap(({ workload }) => policies.near(workload))),
      requestAuthentications: unique(destinations.flatMap(({ workload }) => authentications.near(workload))),
    };
    yield { host, objects: atIngress ? withIngress(near, objects) : near, apiRules: closest(rules, host), destinations };
  }
}

function isOutside({ gateways }: VirtualService): boolean {
  return gateways.some((gateway) => gateway !== 'mesh');
}

function byHost<T>(items: readonly T[], hostsOf: (item: T) => readonly string[]): ReadonlyMap<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    for (const host of new Set(hostsOf(item).map((name) => name.toLowerCase()))) {
      const list = found.get(host);
      if (list) list.push(item);
      else found.set(host, [item]);
    }
  }
  return found;
}

/** Those that name the host, then those of wildcards, the longest first. */
function closest<T>(index: ReadonlyMap<string, T[]>, host: string): T[] {
  const labels = host.split('.');
  const patterns = [host, ...labels.slice(1).map((_, from) => `*.${labels.slice(from + 1).join('.')}`), ...(host === '*' ? [] : ['*'])];
  return patterns.flatMap((pattern) => index.get(pattern) ?? []);
}

function sampleBelow(pattern: string, hosts: ReadonlySet<string>): string {
  const domain = pattern === '*' ? '.example' : pattern.slice(1);
  let label = sampleLabel;
  for (let count = 1; hosts.has(`${label}${domain}`); count += 1) label = `${sampleLabel}-${count}`;
  return `${label}${domain}`;
}

function distinct(destinations: readonly Destination[]): Destination[] {
  return [...new Map(destinations.map((destination) => [`${destination.namespace}/${destination.service}`, destination])).values()];
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}

function withIngress(near: IstioObjects, all: IstioObjects): IstioObjects {
  return {
    ...near,
    authorizationPolicies: [...near.authorizationPolicies, ...all.authorizationPolicies.filter(selectsIngress)],
    requestAuthentications: [...near.requestAuthentications, ...all.requestAuthentications.filter(selectsIngress)],
  };
}
