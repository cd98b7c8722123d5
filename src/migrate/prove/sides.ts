import type { ApiRule } from '../../model/api-rule';
import { bareApiRule } from '../../model/bare-manifest';
import type { Cluster } from '../../model/cluster';
import type { AuthorizationPolicy, Destination, IstioObjects, RequestAuthentication, VirtualService } from '../../model/istio';
import { completeHost } from '../../model/names';
import { readApiRules } from '../../model/read-api-rules';
import { indexHosts, type HostIndex } from '../../model/search/host-scope';
import { translate } from '../../model/translate';
import type { OldApiRule } from '../old-api-rule';
import type { Translation } from '../translation';
import { servicesNamed, type Around } from './around';
import { oldModelOf, type OldModel } from './old/old-model';
import { replacedIssuers } from './old/replaced-issuer';
import type { ProofSettings } from './proof';

/** Gateway whose domain completed hosts of one label. */
const defaultGateway = 'kyma-system/kyma-gateway';

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

type Made = AuthorizationPolicy | RequestAuthentication | VirtualService;

/** Puts old and new APIRules beside each other, each with all that has a say beside them. */
export function sidesOf(translations: readonly Translation[], around: Around, settings: ProofSettings): Sides {
  const names = new Set(translations.map(({ old }) => nameOf(old)));
  const read = translations.map((translation) => ({ translation, apiRule: readNew(translation) }));
  const apiRules = read.flatMap(({ apiRule }) => apiRule ?? []);
  const cluster = clusterOf(apiRules, around, servicesOf(translations, apiRules));
  const made = translate(cluster);
  const hostOf = (old: OldApiRule): string => oldHost(old, around, settings.domain);
  const model = (beside: OldModel['beside']): OldModel =>
    oldModelOf({
      oldJwtHandler: settings.oldJwtHandler,
      replaced: replacedIssuers(settings.issuers),
      apiRules: translations.map(({ old }) => old),
      hostOf,
      services: around.services,
      beside,
    });
  const bare = model({ authorizationPolicies: [], requestAuthentications: [] });
  const routes = [...bare.hosts.values()].flatMap((host) => host.routes);
  const destinations = [...routes, ...made.virtualServices.flatMap(({ http }) => http)].map(({ destination }) => destination);
  const hosts = [...bare.hosts.keys(), ...made.virtualServices.flatMap((one) => one.hosts)];
  const beside = besideOf(around, distinct(destinations), hosts, (object) => !names.has(around.ownerOf(object) ?? ''));
  const handMade = (object: Made): boolean => around.ownerOf(object) === undefined;
  const after = indexHosts(cluster, join(made, beside));
  return {
    old: model({
      authorizationPolicies: beside.authorizationPolicies.filter(handMade),
      requestAuthentications: beside.requestAuthentications.filter(handMade),
    }),
    beside,
    after,
    patterns: new Set([...bare.hosts.keys(), ...after.patterns]),
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

/** Hosts were compared without case, and a label was completed with the domain of the gateway that Kyma ships. */
function oldHost({ host, gateway }: OldApiRule, { domains }: Around, domain?: string): string {
  const lower = host.toLowerCase();
  return completeHost(lower, domain ?? domains[defaultGateway] ?? domains[gateway] ?? domains['*']);
}

function besideOf(
  around: Around,
  destinations: readonly Destination[],
  hosts: readonly string[],
  stays: (object: Made) => boolean,
): IstioObjects {
  const near = destinations.map(({ workload }) => around.objectsAt(workload));
  const routes = [...destinations.flatMap((one) => around.routesTo(one)), ...hosts.flatMap((host) => around.routesOf(host))];
  return {
    virtualServices: distinct(routes).filter(stays),
    authorizationPolicies: distinct(near.flatMap((one) => one.authorizationPolicies)).filter(stays),
    requestAuthentications: distinct(near.flatMap((one) => one.requestAuthentications)).filter(stays),
  };
}

function join(one: IstioObjects, other: IstioObjects): IstioObjects {
  return {
    virtualServices: [...one.virtualServices, ...other.virtualServices],
    authorizationPolicies: [...one.authorizationPolicies, ...other.authorizationPolicies],
    requestAuthentications: [...one.requestAuthentications, ...other.requestAuthentications],
  };
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
