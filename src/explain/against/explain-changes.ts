import type { ApiRule } from '../../model/api-rule';
import { checkResult, type CheckResult } from '../../model/check-result';
import type { Cluster } from '../../model/cluster';
import { describeCaller } from '../../model/search/describe-caller';
import type { AccessChange } from '../../model/search/access-change';
import { compareAccess } from '../../model/search/compare-access';
import { objectRef, whereOf } from '../../model/object-ref';
import { injectionChanges } from './injection-changes';
import type { OpenPoint } from './open-point';
import type { RefusedApiRule } from '../refused/refused-api-rules';
import type { State } from '../state';

/** What a change of manifests opens, closes and alters. */
export interface Changes {
  readonly changes: readonly ExplainedChange[];
  /** False when something could not be told; then no change is no promise. */
  readonly complete: boolean;
  /** Why it is not complete. */
  readonly open: readonly OpenPoint[];
}

/** One kind of request of which the change makes something else. */
export interface ExplainedChange {
  readonly kind: 'opened' | 'closed' | 'altered';
  /** The first request that shows it: `GET https://host/path`. */
  readonly request: string;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** Who sends it, in words. */
  readonly caller: string;
  /** Issuer of the caller's token; absent without one. */
  readonly issuer?: string;
  readonly before: string;
  readonly after: string;
  readonly beforeRule?: string;
  readonly afterRule?: string;
}

const order = ['opened', 'altered', 'closed'];

const fixOfMissing = 'Give the objects that are missing on both sides.';
const fixOfRefused = 'Correct the APIRule and compare again; kyma-guard validate tells all that is wrong with it.';

/**
 * Compares two states of one cluster, what is opened first. A refused APIRule changes nothing: its earlier objects are compared on both sides,
 * and that nobody knows what it would have changed is an open point.
 */
export function explainChanges(before: State, after: State): Changes {
  const accepted = withoutRefused(before);
  const old = new Map(accepted.apiRules.map((apiRule) => [nameOf(apiRule), apiRule]));
  const kept = new Set(after.refused.map(({ apiRule }) => apiRule).filter((name) => !after.cluster.realized.has(name)));
  const now = withoutRefused(after);
  const later = { ...now, apiRules: [...now.apiRules, ...[...kept].flatMap((name) => old.get(name) ?? [])] };
  const { changes, open } = joined([later, ...(after.later ? [withRules(after.later.cluster, later)] : [])], accepted);
  const all = [
    ...after.refused.map((one) => refusedPoint(one, '')),
    ...before.refused.map((one) => refusedPoint(one, 'in the earlier manifests ')),
    ...open.map((text) => ({ text, fix: fixOfMissing })),
    ...injectionChanges(before, after),
  ];
  const explained = changes.map(explainedChange);
  return {
    changes: explained.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
    complete: all.length === 0,
    open: all,
  };
}

/** What is changed now, and what will be when the controller has written its objects anew, each once. */
function joined(states: readonly Cluster[], before: Cluster): { readonly changes: AccessChange[]; readonly open: string[] } {
  const all = states.map((state) => compareAccess(before, state));
  const changes = all.flatMap((comparison) => comparison.changes);
  return {
    changes: [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()],
    open: [...new Set(all.flatMap((comparison) => comparison.open))],
  };
}

function withRules(cluster: Cluster, { apiRules }: Cluster): Cluster {
  return { ...cluster, apiRules };
}

function withoutRefused({ cluster, refused }: State): Cluster {
  const names = new Set(refused.map(({ apiRule }) => apiRule));
  return { ...cluster, apiRules: cluster.apiRules.filter((apiRule) => !names.has(nameOf(apiRule))) };
}

function nameOf({ namespace, name }: Pick<ApiRule, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** What the controller made of it earlier stays in force, so that it opens nothing, and closes nothing. */
function refusedPoint({ manifest, path, reason, isRead }: RefusedApiRule, side: string): OpenPoint {
  const text = `${side}${objectRef(manifest)} ${isRead ? 'is refused' : 'cannot be read'} (${reason}), so what was made of it earlier, or nothing, stays in force`;
  return { text, fix: fixOfRefused, where: whereOf(manifest, path) };
}

function explainedChange({ kind, request, caller, before, after, beforeRule, afterRule }: AccessChange): ExplainedChange {
  const { host, method, path } = request;
  return {
    ...{ kind, host, method, path, before, after },
    request: `${method} ${caller.principal === undefined ? 'https' : 'http'}://${host}${path}`,
    caller: describeCaller(caller),
    ...(caller.issuer !== undefined && { issuer: caller.issuer }),
    ...(beforeRule !== undefined && { beforeRule }),
    ...(afterRule !== undefined && { afterRule }),
  };
}

const titles = {
  opened: 'A change opens nothing that was closed',
  closed: 'A change closes nothing that was open',
  altered: 'A change leaves requests as they were',
} as const;

/** Changes as results. What is opened fails when that was asked for. */
export function changeResults({ changes, open }: Changes, failOnOpen: boolean): CheckResult[] {
  return [...distinct(changes).map((change) => changeResult(change, failOnOpen)), ...open.map((point) => openResult(point, failOnOpen))];
}

/** Several changes of one request, sent by different callers of one issuer, are one result. */
function distinct(changes: readonly ExplainedChange[]): ExplainedChange[] {
  return [...new Map(changes.map((change) => [JSON.stringify([change.kind, change.request, change.issuer]), change])).values()];
}

function changeResult(change: ExplainedChange, failOnOpen: boolean): CheckResult {
  const { kind, host, method, path, issuer, request, caller, before, after, beforeRule, afterRule } = change;
  const rule = afterRule ?? beforeRule;
  return checkResult({
    id: `access-${kind}`,
    status: kind === 'opened' && failOnOpen ? 'fail' : 'warn',
    severity: kind === 'opened' ? 'high' : 'info',
    title: titles[kind],
    message: `${request} ${caller} ${before} before, and now ${after}`,
    docs: `docs/explain.md#access-${kind}`,
    route: { host, path, method, ...(issuer !== undefined && { issuer }) },
    where: rule === undefined ? {} : { object: `APIRule ${rule.split(' ')[0] ?? ''}` },
    ...(rule !== undefined && { reason: `decided by APIRule ${rule}` }),
  });
}

function openResult({ text, fix, where }: OpenPoint, failOnOpen: boolean): CheckResult {
  return checkResult({
    id: 'access-comparison-open',
    status: 'error',
    severity: failOnOpen ? 'medium' : 'low',
    title: 'The comparison sees every request',
    message: text,
    fix,
    docs: 'docs/explain.md#access-comparison-open',
    where: where ?? { path: text },
  });
}
