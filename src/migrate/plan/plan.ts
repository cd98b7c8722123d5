import type { Manifest } from '../../model/manifest';
import { companionsOf } from './companions/companions';
import { migratingOf } from './migrating';
import { planContext, type PlanContext } from './plan-context';
import { internalAnybody, internalRefused, sidecarWarning } from './plan-warnings';
import { refOf, type WorkloadGroup } from './workload-group';
import { stepsOf } from './steps/steps';
import type { PlanSettings, PlanWarning, WorkloadPlan } from './workload-plan';

/**
 * Plans the way of each group: the policies to write beside its APIRules, and numbered steps. A group of which one APIRule has no new form
 * gets neither, because its APIRules migrate together or not at all.
 *
 * @param manifests The whole input: Services, Functions, workloads, namespaces, Gateways and policies
 */
export function planMigration(
  groups: readonly WorkloadGroup[],
  manifests: readonly Manifest[],
  settings: PlanSettings = {},
): readonly WorkloadPlan[] {
  const context = planContext(manifests, settings);
  return groups.map((group) => planOf(group, context));
}

function planOf(group: WorkloadGroup, context: PlanContext): WorkloadPlan {
  const { workloads, translations } = group;
  const head = {
    services: workloads.flatMap(({ namespace, services }) => services.map((name) => `${namespace}/${name}`)),
    assumed: workloads.some(({ assumed }) => assumed),
    apiRules: translations.map(({ old }) => refOf(old)),
  };
  const all = migratingOf(group, context.cluster);
  const ready = new Set(all.map(({ ref }) => ref));
  const blockedBy = head.apiRules.filter((ref) => !ready.has(ref));
  if (blockedBy.length > 0) return { ...head, blockedBy, companions: [], steps: [], warnings: [] };
  const companions = companionsOf(workloads, all, context);
  const pods = workloads.flatMap((workload) => context.pods.podsOf(workload).map((found) => ({ workload, ...found })));
  return {
    ...head,
    blockedBy,
    companions: [...companions.temporary, ...companions.lasting],
    steps: stepsOf({ group, all, companions, pods, settings: context.settings }),
    warnings: [...pods.flatMap((found) => sidecarWarning(found) ?? []), ...companions.warnings, ...internalWarnings(group, context)],
  };
}

function internalWarnings({ workloads }: WorkloadGroup, { settings }: PlanContext): PlanWarning[] {
  if (!settings.internalCallers) return [internalRefused(workloads)];
  return settings.internalCallers.kind === 'anybody' ? [internalAnybody(workloads)] : [];
}
