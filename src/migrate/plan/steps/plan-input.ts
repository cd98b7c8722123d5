import type { Companions } from '../companions/companions';
import type { GroupWorkload } from '../group-workload';
import type { Migrating } from '../migrating';
import type { WorkloadPods } from '../pods-of-workload';
import type { WorkloadGroup } from '../workload-group';
import type { PlanSettings, PlanStep } from '../workload-plan';

/** What the steps of a group are made of. */
export interface PlanInput {
  readonly group: WorkloadGroup;
  /** In the order in which they are applied. */
  readonly all: readonly Migrating[];
  readonly companions: Companions;
  readonly pods: readonly (WorkloadPods & { readonly workload: GroupWorkload })[];
  readonly settings: PlanSettings;
}

/** A step before it has its number. */
export type Step = Omit<PlanStep, 'number'>;
