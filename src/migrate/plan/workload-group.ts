import { groupBy } from '../../model/group-by';
import type { Manifest } from '../../model/manifest';
import { readApiRules } from '../../model/read-api-rules';
import { readServices } from '../../model/read-services';
import { indexServices, type ServiceIndex } from '../../model/service-workload';
import type { OldApiRule } from '../old-api-rule';
import type { Translation } from '../translation';
import { groupWorkloads, type GroupWorkload } from './group-workload';
import { SharedPods } from './shared-pods';

/** APIRules that must migrate together, because their rules lead to the same Pods. */
export interface WorkloadGroup {
  /** In order of namespace and name; at least one. */
  readonly translations: readonly Translation[];
  /** What the rules lead to, in order of name. */
  readonly workloads: readonly GroupWorkload[];
  /** `namespace/name` of APIRules v2 of the input that lead to the same Pods already. */
  readonly migrated: readonly string[];
}

/**
 * Groups APIRules by the Pods that their rules lead to, whatever namespace and root they come from. Services and Functions of the input tell
 * the Pods; a Service that is not there stands for Pods of its own, and its workload says so (`assumed`).
 *
 * @param manifests The whole input: Services, Functions, workloads, and APIRules v2 that are there already
 */
export function groupByWorkload(translations: readonly Translation[], manifests: readonly Manifest[]): readonly WorkloadGroup[] {
  const services = indexServices(readServices(manifests));
  const pods = new SharedPods(services);
  const sorted = [...translations].sort((a, b) => compare(refOf(a.old), refOf(b.old)));
  for (const { old } of sorted) pods.join(servicesOf(old));
  const old = new Set(sorted.map((translation) => refOf(translation.old)));
  const migrated = migratedBy(manifests, pods, old);
  return [...groupBy(sorted, ({ old }) => pods.groupOf(servicesOf(old)[0] ?? `apirule ${refOf(old)}`))].map(([key, group]) => ({
    translations: group,
    workloads: workloadsOf(group, services),
    migrated: migrated.get(key) ?? [],
  }));
}

/** `namespace/name` of an APIRule. */
export function refOf({ namespace, name }: Pick<OldApiRule, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** Services (`namespace/name`) that the rules of an old APIRule lead to, each once. */
export function servicesOf(old: OldApiRule): readonly string[] {
  const refs = old.rules.flatMap(({ service }) => {
    const target = service ?? old.service;
    return target ? [`${service?.namespace ?? old.service?.namespace ?? old.namespace}/${target.name}`] : [];
  });
  return [...new Set(refs)];
}

function workloadsOf(group: readonly Translation[], services: ServiceIndex): readonly GroupWorkload[] {
  return groupWorkloads([...new Set(group.flatMap(({ old }) => servicesOf(old)))].sort(compare), services);
}

/** APIRules v2 by the group whose Pods they lead to. */
function migratedBy(manifests: readonly Manifest[], pods: SharedPods, old: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  // Those of older versions are the ones that migrate.
  const served = manifests.filter(({ kind, apiVersion }) => kind === 'APIRule' && /\/v2(?:alpha1)?$/.test(apiVersion));
  const reached = readApiRules(served).apiRules.flatMap((apiRule) => {
    if (old.has(refOf(apiRule))) return [];
    const names = apiRule.rules.flatMap(({ service }) => {
      const target = service ?? apiRule.service;
      return target ? [`${service?.namespace ?? apiRule.service?.namespace ?? apiRule.namespace}/${target.name}`] : [];
    });
    return [...new Set(names.map((name) => pods.groupOf(name)))].map((key) => ({ key, ref: refOf(apiRule) }));
  });
  return new Map([...groupBy(reached, ({ key }) => key)].map(([key, found]) => [key, found.map(({ ref }) => ref).sort(compare)]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
