import type { ApiRule, Rule } from '../model/api-rule';
import { hostIn } from '../model/cluster';
import type { Workload } from '../model/istio';
import type { JsonPath } from '../model/json';
import type { ServiceFacts } from '../model/read-services';
import { indexServices, workloadOf } from '../model/service-workload';
import { groupBy } from '../model/group-by';
import type { SetInput } from './rule';

/** A rule of an APIRule with the Service and the Pods that it leads to. */
export interface Exposure {
  readonly apiRule: ApiRule;
  readonly rule: Rule;
  readonly index: number;
  /** Host as the controller completes it. */
  readonly host: string;
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  /** The Service; absent when it is not in the input. */
  readonly facts?: ServiceFacts;
  readonly workload: Workload;
  /** Equal for rules that lead to the same Pods. */
  readonly key: string;
}

/** Every rule of the input with where it leads. */
export function exposuresOf(input: SetInput): readonly Exposure[] {
  return input.shared('exposures', () => {
    const byName = new Map(input.cluster.services.map((service) => [`${service.namespace}/${service.name}`, service]));
    const services = indexServices(input.cluster.services);
    return input.cluster.apiRules.flatMap((apiRule) =>
      apiRule.rules.map((rule, index): Exposure => {
        const service = rule.service ?? apiRule.service;
        const namespace = rule.service?.namespace ?? apiRule.service?.namespace ?? apiRule.namespace;
        const name = service?.name ?? '';
        const workload = workloadOf(services, namespace, name);
        const facts = byName.get(`${namespace}/${name}`);
        return {
          ...{ apiRule, rule, index, namespace, service: name, port: service?.port ?? 0, workload },
          host: hostIn(input.cluster, apiRule, apiRule.hosts[0] ?? ''),
          key: JSON.stringify([namespace, Object.entries(workload.labels).sort()]),
          ...(facts && { facts }),
        };
      }),
    );
  });
}

/** Rules by the Pods that they lead to. */
export function exposuresByWorkload(input: SetInput): ReadonlyMap<string, readonly Exposure[]> {
  return input.shared('exposures by workload', () => groupBy(exposuresOf(input), ({ key }) => key));
}

/** True for a rule that asks for a token or an authorizer. */
export function isProtected({ rule }: Exposure): boolean {
  return rule.access.kind !== 'noAuth';
}

/** Where an exposure names its Service. */
export function servicePath({ rule, index }: Exposure): JsonPath {
  return rule.service ? ['spec', 'rules', index, 'service'] : ['spec', 'service'];
}
