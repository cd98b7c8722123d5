import { gatewayOf, type Cluster } from '../../model/cluster';
import type { ClusterProblem } from '../../model/cluster-problem';
import { listAt, objectAt, textOf } from '../../model/json-fields';
import type { JsonPath } from '../../model/json';
import type { Manifest } from '../../model/manifest';
import { completeHost } from '../../model/names';
import { namespaceOf, objectRef } from '../../model/object-ref';
import { isApiRule } from '../../model/read-api-rules';
import { hostMatches } from '../../model/route-request';
import type { ApiRuleStatus } from '../live/api-rule-status';
import { refusalOf, refusalText } from './refusal';

/** An APIRule that changes nothing in the cluster: what the controller made of it earlier, or nothing, is in force, and is not in the input. */
export interface RefusedApiRule {
  /** `namespace/name`. */
  readonly apiRule: string;
  /** Completed where the domain is known; empty when not even the hosts can be read. */
  readonly hosts: readonly string[];
  /** Why, as the rest of a sentence. */
  readonly reason: string;
  /** False when its rules cannot be read either. */
  readonly isRead: boolean;
  /** True when a check of the controller says so, and neither the cluster nor a problem of the input. */
  readonly isPredicted: boolean;
  readonly manifest: Manifest;
  /** Place of the reason. */
  readonly path: JsonPath;
}

/** Problems of a set that keep an APIRule from coming into force. */
const refusing = new Set(['api-rule-dead-version', 'api-rule-form', 'host-taken', 'manifest-duplicate', 'path-not-routable']);

interface Refusal {
  readonly reason: string;
  readonly path: JsonPath;
}

/** APIRules that API server or controller refuse, as far as the manifests tell. Real Istio objects beside one tell what is in force. */
export function refusedApiRules(
  manifests: readonly Manifest[],
  cluster: Cluster,
  found: readonly ClusterProblem[],
  statuses: readonly ApiRuleStatus[],
): RefusedApiRule[] {
  const told = toldRefusals(found);
  const states = new Map(statuses.map((status) => [status.manifest, status]));
  const read = new Set(cluster.apiRules.map(({ manifest }) => manifest));
  return manifests.filter(isApiRule).flatMap((manifest): RefusedApiRule[] => {
    const apiRule = nameOf(manifest);
    if (cluster.realized.has(apiRule)) return [];
    const known = refusalIn(states.get(manifest)) ?? told.get(manifest);
    const refusal = known ?? predicted(manifest, states.get(manifest));
    if (!refusal) return [];
    return [{ apiRule, ...refusal, hosts: hostsOf(cluster, manifest), isRead: read.has(manifest), isPredicted: !known, manifest }];
  });
}

function nameOf(manifest: Manifest): string {
  return `${namespaceOf(manifest)}/${manifest.name}`;
}

function toldRefusals(found: readonly ClusterProblem[]): Map<Manifest, Refusal> {
  const told = new Map<Manifest, Refusal>();
  for (const { id, manifest, path, message, other } of found) {
    if (!refusing.has(id)) continue;
    const places = [{ manifest, path }, ...(other ? [other] : [])];
    for (const place of places) if (!told.has(place.manifest)) told.set(place.manifest, { reason: message, path: place.path });
  }
  return told;
}

/** What the cluster itself says. */
function refusalIn(status: ApiRuleStatus | undefined): Refusal | undefined {
  if (status?.origin !== undefined)
    return { reason: 'was written in v1beta1, which is no longer reconciled', path: ['metadata', 'annotations'] };
  if (status?.state !== 'Error') return undefined;
  return { reason: `is in state Error: ${status.description ?? 'no description'}`, path: ['status', 'state'] };
}

/** What a controller has accepted is not refused, whatever the checks say. */
function predicted(manifest: Manifest, status: ApiRuleStatus | undefined): Refusal | undefined {
  if (status !== undefined && status.state !== 'unknown') return undefined;
  const problem = refusalOf(manifest);
  return problem && { reason: refusalText(problem), path: problem.path };
}

function hostsOf({ domains }: Cluster, { body }: Manifest): string[] {
  const spec = objectAt(body, 'spec');
  const names = [...listAt(spec, 'hosts'), spec['host']].map(textOf).filter((host) => host !== '');
  const gateway = gatewayOf({ gateway: textOf(spec['gateway']) });
  return names.map((host) => completeHost(host, domains[gateway] ?? domains['*']).toLowerCase());
}

/** The refused APIRule that a request to this host may depend on. */
export function refusedAt(refused: readonly RefusedApiRule[], host: string): RefusedApiRule | undefined {
  const name = host.toLowerCase().replace(/:\d*$/, '');
  const takes = (pattern: string): boolean => hostMatches(pattern, name) || (!pattern.includes('.') && name.startsWith(`${pattern}.`));
  return refused.find(({ hosts }) => hosts.length === 0 || hosts.some(takes));
}

/** What is to be said of a request or a host of such an APIRule. */
export function whyUnknown({ manifest, reason, isRead }: RefusedApiRule): string {
  const what = isRead ? 'is refused' : 'cannot be read';
  return `unknown because ${objectRef(manifest)} ${what} (${reason}): in force is what the controller made of it earlier, or nothing`;
}

/** What to do about it. */
export const correctIt = 'Correct the APIRule; kyma-guard validate tells all that is wrong with it.';
