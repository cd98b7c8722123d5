import type { CheckResult } from '../model/check-result';
import { findCluster, type Cluster } from '../model/cluster';
import { clusterProblemFacts, type ClusterProblem } from '../model/cluster-problem';
import { checkResult } from '../model/check-result';
import type { IstioObjects } from '../model/istio';
import type { Manifest } from '../model/manifest';
import { objectRef, whereOf } from '../model/object-ref';
import { afterReconcile, type Reconciled } from '../model/after-reconcile';
import { translate } from '../model/translate';
import type { ExplainOptions } from './explain-input';
import { statusFor } from './findings/status-for';
import { apiRuleStatuses, type ApiRuleStatus } from './live/api-rule-status';
import { liveCluster } from './live/live-cluster';
import { isLive } from './live/live-object';
import { refusedApiRules, type RefusedApiRule } from './refused/refused-api-rules';

/** One state of a cluster, as it is or as it would be. */
export interface State {
  /** What was asked about, without its context. */
  readonly manifests: readonly Manifest[];
  readonly context: readonly Manifest[];
  readonly cluster: Cluster;
  readonly objects: IstioObjects;
  /** APIRules that came from a cluster, with what it says of them. */
  readonly statuses: readonly ApiRuleStatus[];
  /** APIRules that change nothing in the cluster as they are. */
  readonly refused: readonly RefusedApiRule[];
  readonly missing: readonly string[];
  /** The cluster after the controller has written its objects anew; absent when that changes nothing. */
  readonly later?: Reconciled;
  readonly problems: readonly CheckResult[];
}

/** Reads manifests as one cluster. */
export function readState(manifests: readonly Manifest[], options: ExplainOptions): State {
  const { domain, context: given = [] } = options;
  const own = new Set(manifests.map(keyOf));
  const context = given.filter((manifest) => !own.has(keyOf(manifest)));
  const all = [...manifests, ...context];
  const read = findCluster(all, domain === undefined ? {} : { domain });
  const statuses = apiRuleStatuses(all);
  const { cluster, missing } = liveCluster(read.cluster, all, statuses);
  const refused = refusedApiRules(all, cluster, read.found, statuses);
  const later = afterReconcile(cluster, keptNames(refused, statuses));
  const isContext = new Set(context);
  const problems = toldOnce(read.found, statuses).filter(({ manifest }) => !isContext.has(manifest));
  return {
    ...{ manifests, context, cluster, statuses, refused },
    missing: [...missing, ...(later ? notReconciled(later, statuses) : [])],
    objects: translate(cluster),
    ...(later && { later }),
    problems: problems.map((problem) => problemResult(problem, options)),
  };
}

/** APIRules whose objects stay as they are: those that the controller refuses, and those that it no longer looks at. */
function keptNames(refused: readonly RefusedApiRule[], statuses: readonly ApiRuleStatus[]): ReadonlySet<string> {
  const stuck = statuses.filter(({ state, origin, manifest }) => origin !== undefined || (state === 'Error' && isLive(manifest)));
  return new Set([...refused, ...stuck].map(({ apiRule }) => apiRule));
}

/** Of APIRules that came from a cluster the findings tell it. */
function notReconciled({ changed }: Reconciled, statuses: readonly ApiRuleStatus[]): string[] {
  const told = new Set(statuses.map(({ apiRule }) => apiRule));
  return changed
    .filter((name) => !told.has(name))
    .map(
      (name) =>
        `unknown when APIRule ${name} is reconciled: until then its Istio objects in the input decide, as shown, which say something else`,
    );
}

/** An object of the input stands before the same one in its context. */
function keyOf(manifest: Manifest): string {
  return `${manifest.apiVersion.split('/')[0] ?? ''} ${objectRef(manifest)}`;
}

/** An APIRule of v1beta1 that shows no rules is a finding of its own, not one of a wrong form. */
function toldOnce(found: readonly ClusterProblem[], statuses: readonly ApiRuleStatus[]): ClusterProblem[] {
  const old = new Set(statuses.filter(({ origin }) => origin !== undefined).map(({ apiRule }) => `APIRule ${apiRule}`));
  return found.filter(({ id, manifest }) => id !== 'api-rule-form' || !old.has(objectRef(manifest)));
}

/** What is wrong with the input is shown; it fails only from the threshold on. */
function problemResult({ id, manifest, path, message, fix }: ClusterProblem, { failOn }: ExplainOptions): CheckResult {
  const { status, ...facts } = clusterProblemFacts(id);
  return checkResult({
    ...{ id, ...facts, message },
    status: status === 'fail' ? statusFor(facts.severity, failOn) : status,
    ...(fix !== undefined && { fix }),
    docs: `docs/checks.md#${id}`,
    where: whereOf(manifest, path),
  });
}
