import type { ApiRule } from './api-rule';
import type { CheckResult } from './check-result';
import { clusterProblemResult, type ClusterProblem } from './cluster-problem';
import { generatedGateway } from './controller/external-gateway-names';
import { duplicateProblems, groupOf } from './duplicate-objects';
import { isJsonObject, type JsonObject, type JsonValue } from './json';
import type { IstioObjects } from './istio';
import type { Manifest } from './manifest';
import { completeHost } from './names';
import { isRoutable } from './path-template';
import { findApiRules, isApiRule } from './read-api-rules';
import { readIstioObjects } from './read-istio-objects';
import { objectRef } from './object-ref';
import { readServices, type ServiceFacts } from './read-services';
import { indexServices } from './service-workload';

/** One input read as one cluster. */
export interface Cluster {
  readonly apiRules: readonly ApiRule[];
  readonly services: readonly ServiceFacts[];
  /** Istio objects that the input itself holds. */
  readonly istio: IstioObjects;
  /** Domain that completes hosts of one label, by gateway (`namespace/name`); `*` stands for every gateway. */
  readonly domains: Readonly<Record<string, string>>;
  /** APIRules (`namespace/name`) whose own Istio objects the input holds; these stand in for translated ones. */
  readonly realized: ReadonlySet<string>;
  /** APIRule (`namespace/name`) that the labels of an object of `istio` name as the one that it was made of. */
  readonly owners: ReadonlyMap<object, string>;
}

/**
 * Reads manifests as the contents of one cluster.
 *
 * @param options.domain Completes hosts of one label. @default - the wildcard host of the Gateway, if the input holds it
 */
export function clusterOf(
  manifests: readonly Manifest[],
  options: { readonly domain?: string } = {},
): { cluster: Cluster; problems: CheckResult[] } {
  const { cluster, found } = findCluster(manifests, options);
  return { cluster, problems: found.map(clusterProblemResult) };
}

/** Reads manifests like {@link clusterOf}; problems come with the object they are in. */
export function findCluster(
  manifests: readonly Manifest[],
  options: { readonly domain?: string } = {},
): { cluster: Cluster; found: ClusterProblem[] } {
  const { apiRules, found } = findApiRules(manifests);
  const services = readServices(manifests);
  const istio = readIstioObjects(manifests, indexServices(services));
  const cluster: Cluster = {
    apiRules,
    services,
    istio: istio.objects,
    realized: istio.realized,
    owners: istio.owners,
    domains: options.domain === undefined ? gatewayDomains(manifests) : { '*': options.domain },
  };
  const duplicates = duplicateProblems(manifests.filter((manifest) => !isApiRule(manifest)));
  return { cluster, found: [...found, ...duplicates, ...istio.problems, ...hostProblems(cluster), ...pathProblems(apiRules)] };
}

/** Host as the controller completes it; a label stays one when the domain of the gateway is not known. */
export function hostIn(cluster: Pick<Cluster, 'domains'>, apiRule: ApiRule, host: string): string {
  return completeHost(host, cluster.domains[gatewayOf(apiRule)] ?? cluster.domains['*']).toLowerCase();
}

/** `namespace/name` of the Istio Gateway in front of an APIRule. */
export function gatewayOf(apiRule: Pick<ApiRule, 'gateway' | 'externalGateway'>): string {
  return apiRule.gateway ?? generatedGateway(apiRule.externalGateway ?? '');
}

function gatewayDomains(manifests: readonly Manifest[]): Record<string, string> {
  const gateways = manifests.filter((manifest) => manifest.kind === 'Gateway' && groupOf(manifest) === 'networking.istio.io');
  return Object.fromEntries(
    gateways.flatMap((gateway) => {
      const hosts = new Set(serverHosts(gateway.body));
      const [only] = hosts;
      const named = hosts.size === 1 && only?.startsWith('*.') === true;
      return named ? [[`${gateway.namespace ?? 'default'}/${gateway.name}`, only.slice(2)]] : [];
    }),
  );
}

function serverHosts(body: JsonObject): string[] {
  const spec = body['spec'];
  const servers = isJsonObject(spec) && Array.isArray(spec['servers']) ? spec['servers'] : [];
  return servers.flatMap((server) => (isJsonObject(server) && Array.isArray(server['hosts']) ? server['hosts'].filter(isText) : []));
}

function isText(value: JsonValue): value is string {
  return typeof value === 'string';
}

function hostProblems(cluster: Cluster): ClusterProblem[] {
  const owners = new Map<string, ApiRule>();
  return cluster.apiRules.flatMap((apiRule) =>
    apiRule.hosts.flatMap((host, index) => {
      const full = hostIn(cluster, apiRule, host);
      const owner = owners.get(full);
      owners.set(full, owner ?? apiRule);
      return owner && objectRef(owner.manifest) !== objectRef(apiRule.manifest) ? [hostTaken(full, owner, apiRule, index)] : [];
    }),
  );
}

function hostTaken(host: string, owner: ApiRule, later: ApiRule, index: number): ClusterProblem {
  return {
    id: 'host-taken',
    manifest: later.manifest,
    path: ['spec', 'hosts', index],
    other: { manifest: owner.manifest, path: ['spec', 'hosts'] },
    message: `host ${host} belongs to ${objectRef(owner.manifest)} and to ${objectRef(later.manifest)}; the controller refuses one of them`,
    fix: 'Put the rules of one host into one APIRule, or give each APIRule its own host.',
  };
}

function pathProblems(apiRules: readonly ApiRule[]): ClusterProblem[] {
  return apiRules.flatMap((apiRule) =>
    apiRule.rules.flatMap(({ path }, index) => (isRoutable(path) ? [] : [notRoutable(apiRule, path, index)])),
  );
}

function notRoutable(apiRule: ApiRule, path: string, index: number): ClusterProblem {
  return {
    id: 'path-not-routable',
    manifest: apiRule.manifest,
    path: ['spec', 'rules', index, 'path'],
    message: `path ${JSON.stringify(path)} becomes an invalid regular expression in the VirtualService, so Istio refuses the whole object`,
    fix: 'Use no brackets or plus signs in the path; {*} and {**} stand for segments.',
  };
}
