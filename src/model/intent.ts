import type { AccessRequest } from './access';
import type { ApiRule, Rule } from './api-rule';
import { hostIn, type Cluster } from './cluster';
import { normalizeRequest, withoutPort } from './normalize-request';
import { meaningMatcher } from './path-template';
import { hostMatches } from './route-request';

/** The rule whose author spoke about a request. */
export interface Intent {
  readonly apiRule: ApiRule;
  readonly rule: Rule;
  /** Index in `spec.rules`. */
  readonly index: number;
}

/**
 * The first rule in list order whose pattern and method match, over all APIRules of the host: those that name it exactly
 * before wildcards, longer wildcards before shorter ones. `undefined` when nobody spoke about the request.
 */
export function intentOf(cluster: Cluster, request: AccessRequest): Intent | undefined {
  const normal = normalizeRequest(request);
  if (!normal) return undefined;
  const host = withoutPort(normal.host);
  for (const apiRule of apiRulesOf(cluster, host)) {
    const index = apiRule.rules.findIndex(({ path, methods }) => methods.includes(normal.method) && meaningMatcher(path)(normal.path));
    const rule = apiRule.rules[index];
    if (rule) return { apiRule, rule, index };
  }
  return undefined;
}

function apiRulesOf(cluster: Cluster, host: string): ApiRule[] {
  const closeness = (apiRule: ApiRule): number =>
    Math.max(0, ...apiRule.hosts.map((written) => hostCloseness(hostIn(cluster, apiRule, written), host)));
  const near = cluster.apiRules.map((apiRule) => ({ apiRule, near: closeness(apiRule) })).filter(({ near: length }) => length > 0);
  return near.sort((a, b) => b.near - a.near).map(({ apiRule }) => apiRule);
}

function hostCloseness(pattern: string, host: string): number {
  if (pattern === host) return Number.MAX_SAFE_INTEGER;
  return hostMatches(pattern, host) ? pattern.length : 0;
}
