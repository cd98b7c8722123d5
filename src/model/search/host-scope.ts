import type { ApiRule } from '../api-rule';
import { hostIn, type Cluster } from '../cluster';
import type { AuthorizationPolicy, Destination, IstioObjects, RequestAuthentication, VirtualService } from '../istio';
import { selectsIngress } from '../select-workload';
import { byWorkload } from './by-workload';
import { indexPoliciesByHost, type PoliciesByHost } from './policies-by-host';
import { indexSelections } from './selection-index';

/** Everything that decides about the requests to one host. */
export interface HostScope {
  /** As clients write it; a name below the domain for a wildcard. */
  readonly host: string;
  readonly objects: IstioObjects;
  /** APIRules that speak about the host, the closest first. */
  readonly apiRules: readonly ApiRule[];
  /** Those of them that name the host itself, or the wildcard that it stands for: what they get is seen at this host. */
  readonly named: readonly ApiRule[];
  readonly destinations: readonly Destination[];
}

/** The hosts of a cluster, and what decides about each. */
export interface HostIndex {
  /** Hosts and wildcards as objects name them, lower case. */
  readonly patterns: ReadonlySet<string>;
  /** What decides about the requests to a host, through a wildcard if none names it. @param pattern name or wildcard that it stands for */
  readonly at: (host: string, pattern: string) => HostScope;
}

/** First label of hosts that stand for all hosts below a wildcard. */
const sampleLabel = 'sample-host';

/** Splits a cluster by hosts: each name, and for each wildcard a name below it that nobody names. Takes time in proportion to the objects. */
export function* hostScopes(cluster: Cluster, objects: IstioObjects): Generator<HostScope> {
  const { patterns, at } = indexHosts(cluster, objects);
  for (const pattern of patterns) yield at(sampleOf(pattern, patterns), pattern);
}

/** Makes what decides about hosts findable. */
export function indexHosts(cluster: Cluster, objects: IstioObjects): HostIndex {
  const policies = indexPoliciesByHost(objects.authorizationPolicies);
  const selected = indexSelections<RequestAuthentication>(objects.requestAuthentications, ({ apiRule }) => apiRule !== undefined);
  const authenticationsOf = byWorkload((workload) => unlike(selected.near(workload)));
  const atIngress = [...objects.authorizationPolicies, ...objects.requestAuthentications].some(selectsIngress);
  const services = byHost(objects.virtualServices.filter(isOutside), ({ hosts }) => hosts);
  const rules = byHost(cluster.apiRules, (apiRule) => apiRule.hosts.map((host) => hostIn(cluster, apiRule, host)));
  const at = (host: string, pattern: string): HostScope => {
    const virtualServices = closest(services, host).slice(0, 1);
    const destinations = distinct(virtualServices.flatMap(({ http }) => http.map(({ destination }) => destination)));
    const near = {
      virtualServices,
      authorizationPolicies: policiesFor(policies, virtualServices, destinations, host),
      requestAuthentications: unique(destinations.flatMap(({ workload }) => authenticationsOf(workload))),
    };
    return {
      host,
      objects: atIngress ? withIngress(near, objects) : near,
      apiRules: closest(rules, host),
      named: rules.get(pattern) ?? [],
      destinations,
    };
  };
  return { patterns: new Set([...services.keys(), ...rules.keys()]), at };
}

function policiesFor(
  policies: PoliciesByHost,
  services: readonly VirtualService[],
  destinations: readonly Destination[],
  host: string,
): AuthorizationPolicy[] {
  // A route that writes another host makes policies of other hosts count.
  const names = services.flatMap(({ http }) => http.flatMap(({ setRequestHeaders }) => Object.keys(setRequestHeaders)));
  const rewritten = names.some((name) => ['host', ':authority'].includes(name.toLowerCase()));
  return unique(destinations.flatMap(({ workload }) => (rewritten ? policies.all(workload) : policies.at(workload, host))));
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

/** The host itself, or a name below a wildcard that is not among the names. */
export function sampleOf(pattern: string, names: ReadonlySet<string>): string {
  if (!pattern.startsWith('*')) return pattern;
  const domain = pattern === '*' ? '.example' : pattern.slice(1);
  let label = sampleLabel;
  for (let count = 1; names.has(`${label}${domain}`); count += 1) label = `${sampleLabel}-${count}`;
  return `${label}${domain}`;
}

function distinct(destinations: readonly Destination[]): Destination[] {
  return [...new Map(destinations.map((destination) => [`${destination.namespace}/${destination.service}`, destination])).values()];
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}

/** Many APIRules of one workload trust the same issuers, which is the same as one that does. */
function unlike(authentications: readonly RequestAuthentication[]): RequestAuthentication[] {
  const keyOf = ({ namespace, selector, apiRule, jwtRules }: RequestAuthentication): string =>
    JSON.stringify([namespace, selector, apiRule !== undefined, jwtRules]);
  return [...new Map(authentications.map((authentication) => [keyOf(authentication), authentication])).values()];
}

function withIngress(near: IstioObjects, all: IstioObjects): IstioObjects {
  return {
    ...near,
    authorizationPolicies: [...near.authorizationPolicies, ...all.authorizationPolicies.filter(selectsIngress)],
    requestAuthentications: [...near.requestAuthentications, ...all.requestAuthentications.filter(selectsIngress)],
  };
}
