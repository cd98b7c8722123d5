import type { Severity } from '../../model/check-result';
import type { Cluster } from '../../model/cluster';
import type { IstioObjects } from '../../model/istio';
import type { JsonPath } from '../../model/json';
import type { Manifest } from '../../model/manifest';
import type { ApiRuleStatus } from '../live/api-rule-status';
import type { RefusedApiRule } from '../refused/refused-api-rules';

/** Everything that findings are made of. */
export interface LiveInput {
  /** Every object, those of the context among them. */
  readonly manifests: readonly Manifest[];
  /** Objects that are reported on. */
  readonly reported: readonly Manifest[];
  readonly cluster: Cluster;
  /** The Istio objects that decide. */
  readonly objects: IstioObjects;
  /** APIRules that came from a cluster. */
  readonly statuses: readonly ApiRuleStatus[];
  readonly refused: readonly RefusedApiRule[];
}

/** One place at which the cluster is not as its APIRules say. */
export interface LiveFinding {
  readonly manifest: Manifest;
  /** @default - the whole object */
  readonly path?: JsonPath;
  /** What is and what should be, without the place. */
  readonly message: string;
  /** @default - that of the check */
  readonly severity?: Severity;
  /** @default - that of the check */
  readonly fix?: string;
  readonly reason?: string;
  /** True when the input does not tell. @default false */
  readonly undecided?: boolean;
}

/** A check of `explain`: data and one pure function. */
export interface LiveCheck {
  /** Stable, kebab-case. */
  readonly id: string;
  readonly severity: Severity;
  /** The state that should hold, as a sentence without full stop. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What to do, one imperative sentence. */
  readonly fix: string;
  readonly check: (input: LiveInput) => readonly LiveFinding[];
}
