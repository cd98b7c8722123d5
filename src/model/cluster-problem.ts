import { checkResult, type CheckResult, type Severity, type Status } from './check-result';
import type { JsonPath } from './json';
import type { Manifest } from './manifest';
import type { Problem } from './problem';
import { whereOf } from './object-ref';

/** What reading manifests as one cluster can find. */
export type ClusterProblemId =
  'api-rule-dead-version' | 'api-rule-form' | 'host-taken' | 'istio-object-form' | 'manifest-duplicate' | 'path-not-routable';

/** Something wrong with one object of a cluster. */
export interface ClusterProblem extends Problem {
  readonly id: ClusterProblemId;
  readonly manifest: Manifest;
  /** The other object that takes part in it, and where. */
  readonly other?: { readonly manifest: Manifest; readonly path: JsonPath };
}

interface Facts {
  readonly title: string;
  readonly severity: Severity;
  readonly status: Status;
}

const facts: Readonly<Record<ClusterProblemId, Facts>> = {
  'api-rule-dead-version': { title: 'APIRules have a version that Kyma serves', severity: 'high', status: 'fail' },
  'api-rule-form': { title: 'APIRules have the form that the API server takes', severity: 'high', status: 'fail' },
  'host-taken': { title: 'Each host belongs to one APIRule', severity: 'high', status: 'fail' },
  'istio-object-form': { title: 'Istio objects of the input are understood', severity: 'medium', status: 'error' },
  'manifest-duplicate': { title: 'Each object is in the input once', severity: 'high', status: 'fail' },
  'path-not-routable': { title: 'Every path makes a route that Istio accepts', severity: 'high', status: 'fail' },
};

/** Title, severity and status of the problems of one id. */
export function clusterProblemFacts(id: ClusterProblemId): Facts {
  return facts[id];
}

/** A problem as a result, for the verbs that stop at it. */
export function clusterProblemResult({ id, manifest, path, message, fix }: ClusterProblem): CheckResult {
  return checkResult({ id, ...facts[id], message, ...(fix !== undefined && { fix }), where: whereOf(manifest, path) });
}
