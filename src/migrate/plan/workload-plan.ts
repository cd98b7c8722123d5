import type { Severity } from '../../model/check-result';
import type { JsonObject } from '../../model/json';
import type { PlanWarningId } from './plan-warning-titles';

/** How one workload gets from old APIRules to new ones. */
export interface WorkloadPlan {
  /** `namespace/name` of the Services whose Pods are meant. */
  readonly services: readonly string[];
  /** True when a Service is not in the input, so that equal names were taken for equal Pods. */
  readonly assumed: boolean;
  /** `namespace/name` of the APIRules that migrate together. */
  readonly apiRules: readonly string[];
  /** Manual work remains on one of its APIRules: then nothing of the workload is written, and there are no steps. */
  readonly blockedBy: readonly string[];
  /** Objects to write beside the APIRules, in the order in which they are to be applied. */
  readonly companions: readonly JsonObject[];
  readonly steps: readonly PlanStep[];
  readonly warnings: readonly PlanWarning[];
}

/** One step; it can be a commit of its own. */
export interface PlanStep {
  /** From 1; 0 is what must be there before. */
  readonly number: number;
  readonly title: string;
  /** Objects to apply, `Kind namespace/name`. */
  readonly apply: readonly string[];
  /** Objects to delete, `Kind namespace/name`. */
  readonly remove: readonly string[];
  /** Commands that tell whether the next step may follow. */
  readonly check: readonly string[];
  /** What is open, refused or down until the next step. */
  readonly meanwhile: string;
  /** How to get back, or `forward only` and why. */
  readonly wayBack: string;
}

/** A fact about the plan that a reviewer must know. */
export interface PlanWarning {
  readonly id: PlanWarningId;
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string;
}

/** What the user says about the way. */
export interface PlanSettings {
  /** Who calls the workloads from inside the cluster. @default - nobody, so no policy lets anybody in */
  readonly internalCallers?: InternalCallers;
  /** Completes hosts of one label. @default - the wildcard host of the Gateway, if the input holds it */
  readonly domain?: string;
}

/** Callers inside the cluster that no APIRule speaks of. `anybody` is the form of the migration guide: everybody but the gateway. */
export type InternalCallers =
  { readonly kind: 'named'; readonly namespaces: readonly string[]; readonly principals: readonly string[] } | { readonly kind: 'anybody' };
