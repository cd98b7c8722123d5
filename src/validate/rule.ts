import type { Severity } from '../model/check-result';
import type { Reconciled } from '../model/after-reconcile';
import type { Cluster } from '../model/cluster';
import type { ClusterProblem } from '../model/cluster-problem';
import type { IstioObjects } from '../model/istio';
import type { JsonPath, JsonValue } from '../model/json';
import type { Manifest } from '../model/manifest';
import type { Problem } from '../model/problem';

/** Who would say it: the API server, a controller, an attacker, or a look at all objects together. */
export type Layer = 'schema' | 'controller' | 'security' | 'set';

/** What a rule says about itself. The reference, `--explain` and the tests are made of it. */
export interface RuleFacts {
  /** Stable, never used again for anything else. Kebab-case. */
  readonly id: string;
  readonly layer: Layer;
  /** How bad a finding is unless it says otherwise itself. */
  readonly severity: Severity;
  /** Other severities that a finding may have, and when: `{ high: 'when credentials are allowed' }`. @default - none */
  readonly also?: Readonly<Partial<Record<Severity, string>>>;
  /** The state that should hold, as a sentence without full stop. */
  readonly title: string;
  /** What goes wrong otherwise: who can do what, or who notices when. */
  readonly why: string;
  /** What to do, one imperative sentence. */
  readonly fix: string;
  /** RFC section, Kyma or Istio page, CWE. */
  readonly refs: readonly string[];
  /** Manifests that break the rule, as YAML. Run by a test. */
  readonly bad: string;
  /** The nearest manifests that hold it, as YAML. Run by a test. */
  readonly good: string;
  /** What the cluster holds before, for the examples of a rule about changes, as YAML. @default - nothing */
  readonly earlier?: string;
}

/** One place where a rule does not hold. */
export interface Finding {
  readonly manifest: Manifest;
  /** Place in the manifest, from its root. */
  readonly path: JsonPath;
  /** What is and what should be, without the place. */
  readonly message: string;
  /** @default - that of the rule */
  readonly severity?: Severity;
  /** @default - that of the rule */
  readonly fix?: string;
  /** What the controller or the API server would write, or on what the prediction rests. */
  readonly reason?: string;
  /** Request that shows it, as `GET https://host/path`; and what should and would happen to it. */
  readonly request?: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly curl?: string;
  /** What the finding rests on elsewhere, such as the other rule that takes part: when it changes, the finding is another one for a baseline. */
  readonly rests?: JsonValue;
  /** True when the rule could not tell: reported as `error`, never as a pass. @default false */
  readonly undecided?: boolean;
  /** True when what was asked for is not in the input: shown as `skip`, never as a pass. @default false */
  readonly skipped?: boolean;
  /** True when nothing else is worth saying of the object: no other rule that looks at one object is heard. @default false */
  readonly alone?: boolean;
}

/** One object under test, and what the checks of the model say of it, made once. */
export interface Subject {
  readonly manifest: Manifest;
  /** Problems that `model` finds in an object of this kind, by the id of the problem. */
  readonly problems: (id: string) => readonly Problem[];
  /** The same object in the earlier manifests (`--against`). */
  readonly earlier?: Manifest;
}

/** Everything of one cluster. */
export interface SetInput {
  /** Objects of the kinds that rules look at, `--context` included. */
  readonly manifests: readonly Manifest[];
  readonly cluster: Cluster;
  readonly istio: IstioObjects;
  /** The cluster after the controller has written its objects anew; absent when that changes nothing. */
  readonly later?: Reconciled;
  /** What was wrong when the manifests were read as one cluster. */
  readonly clusterProblems: readonly ClusterProblem[];
  /** False for what `--context` brought in: read, not reported on. */
  readonly isReported: (manifest: Manifest) => boolean;
  /** What several rules need, made once and only when asked for. */
  readonly shared: <T>(key: string, make: () => T) => T;
}

/** Looks at one object at a time, so that a stream of any length can be checked. */
export interface ObjectRule extends RuleFacts {
  /** `kind.group` of the objects it looks at, such as `APIRule.gateway.kyma-project.io`; `*` for every kind that is checked. */
  readonly kinds: readonly string[];
  readonly check: (subject: Subject) => readonly Finding[];
}

/** Looks at all objects together. */
export interface SetRule extends RuleFacts {
  readonly checkSet: (input: SetInput) => Iterable<Finding>;
}

export type Rule = ObjectRule | SetRule;
