import type { ApiRule } from '../../model/api-rule';
import { bareApiRule } from '../../model/bare-manifest';
import type { Cluster } from '../../model/cluster';
import type { Destination, IstioObjects } from '../../model/istio';
import { readApiRules } from '../../model/read-api-rules';
import { indexHosts, type HostIndex } from '../../model/search/host-scope';
import { translate } from '../../model/translate';
import type { Translation } from '../translation';
import { near, servicesNamed, type Around, type Made } from './around';
import type { OldModel } from './old/old-model';
import { readOldModel } from './old/read-old-model';
import type { ProofSettings } from './proof';

/** Both states of the APIRules of one workload. */
export interface Sides {
  readonly old: OldModel;
  /** What stands beside the APIRules that migrate, before and after. */
  readonly beside: IstioObjects;
  readonly after: HostIndex;
  /** Hosts and wildcards that are to be searched. */
  readonly patterns: ReadonlySet<string>;
  /** The new APIRules that could be read, by `namespace/name`, with what they were made of. */
  readonly translations: ReadonlyMap<string, Translation>;
  /** What is not known of either state. */
  readonly open: readonly string[];
}

/** Puts old and new APIRules beside each other, each with all that has a say beside them. */
export function sidesOf(translations: readonly Translation[], around: Around, settings: ProofSettings): Sides {
  const names = new Set(translations.map((one) => nameOf(one.old)));
  const read = translations.map((translation) => ({ translation, apiRule: readNew(translation) }));
  const apiRules = read.flatMap(({ apiRule }) => apiRule ?? []);
  const cluster = clusterOf(apiRules, around, servicesOf(translations, apiRules));
  const made = translate(cluster);
  const old = readOldModel(
    translations.map((translation) => translation.old),
    around,
    settings,
  );
  const routes = [...old.hosts.values()].flatMap((host) => [...host.routes, ...host.checks]);
  const destinations = [...new Set([...routes, ...made.virtualServices.flatMap(({ http }) => http)].map(({ destination }) => destination))];
  const hosts = [...old.hosts.keys(), ...made.virtualServices.flatMap((one) => one.hosts)];
  const beside = besideOf(around, destinations, hosts, (object) => !names.has(around.ownerOf(object) ?? ''));
  const after = indexHosts(cluster, join(made, beside));
  return {
    old,
    beside,
    after,
    patterns: new Set([...old.hosts.keys(), ...after.patterns]),
    translations: new Map(read.flatMap(({ translation, apiRule }) => (apiRule ? [[nameOf(apiRule), translation] as const] : []))),
    open: [
      ...read.filter(({ apiRule }) => !apiRule).map(({ translation }) => `APIRule ${nameOf(translation.old)} has no new form`),
      ...[...new Set(destinations.map(({ namespace }) => namespace))].flatMap((namespace) => around.problemsIn(namespace)),
    ],
  };
}

function nameOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

function readNew({ apiRule }: Translation): ApiRule | undefined {
  return apiRule && readApiRules([bareApiRule(apiRule)]).apiRules[0];
}

function servicesOf(translations: readonly Translation[], apiRules: readonly ApiRule[]): ReadonlySet<string> {
  const all = [...translations.map(({ old }) => old), ...apiRules];
  const refs = all.flatMap((one) =>
    [one.service, ...one.rules.map(({ service }) => service)].flatMap((service) =>
      service ? [`${service.namespace ?? one.service?.namespace ?? one.namespace}/${service.name}`] : [],
    ),
  );
  return new Set(refs);
}

function clusterOf(apiRules: readonly ApiRule[], around: Around, services: ReadonlySet<string>): Cluster {
  return {
    apiRules,
    services: servicesNamed(around.services, services),
    istio: { virtualServices: [], requestAuthentications: [], authorizationPolicies: [] },
    domains: around.domains,
    realized: new Set(),
    owners: new Map(),
  };
}

function besideOf(
  around: Around,
  destinations: readonly Destination[],
  hosts: readonly string[],
  stays: (object: Made) => boolean,
): IstioObjects {
  const routes = [...destinations.flatMap((one) => around.routesTo(one)), ...hosts.flatMap((host) => around.routesOf(host))];
  return { virtualServices: [...new Set(routes)].filter(stays), ...near(around, destinations, stays) };
}

function join(one: IstioObjects, other: IstioObjects): IstioObjects {
  return {
    virtualServices: [...one.virtualServices, ...other.virtualServices],
    authorizationPolicies: [...one.authorizationPolicies, ...other.authorizationPolicies],
    requestAuthentications: [...one.requestAuthentications, ...other.requestAuthentications],
  };
}
