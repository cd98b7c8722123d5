import { checkResult, type CheckResult } from '../../model/check-result';
import type { Cluster } from '../../model/cluster';
import { describeCaller } from '../../model/search/describe-caller';
import { compareAccess, type AccessChange } from '../../model/search/compare-access';

/** What a change of manifests opens, closes and alters. */
export interface Changes {
  readonly changes: readonly ExplainedChange[];
  /** False when something could not be told; then no change is no promise. */
  readonly complete: boolean;
  /** Why it is not complete, one sentence each. */
  readonly open: readonly string[];
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

/** Compares two states of one cluster, what is opened first. */
export function explainChanges(before: Cluster, after: Cluster): Changes {
  const { changes, complete, open } = compareAccess(before, after);
  const explained = changes.map(explainedChange);
  return { changes: explained.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)), complete, open };
}

function explainedChange({ kind, request, caller, before, after, beforeRule, afterRule }: AccessChange): ExplainedChange {
  const { host, method, path } = request;
  return {
    ...{ kind, host, method, path, before, after },
    request: `${method} https://${host}${path}`,
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
  return [...distinct(changes).map((change) => changeResult(change, failOnOpen)), ...open.map((text) => openResult(text, failOnOpen))];
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

function openResult(text: string, failOnOpen: boolean): CheckResult {
  return checkResult({
    id: 'access-comparison-open',
    status: 'error',
    severity: failOnOpen ? 'medium' : 'low',
    title: 'The comparison sees every request',
    message: text,
    fix: 'Give the objects that are missing on both sides.',
    docs: 'docs/explain.md#access-comparison-open',
    where: { path: text },
  });
}
