import type { AccessRequest } from './access';
import type { ApiRule, Rule } from './api-rule';
import type { Cluster } from './cluster';

/** The rule whose author spoke about a request. */
export interface Intent {
  readonly apiRule: ApiRule;
  readonly rule: Rule;
  /** Index in `spec.rules`. */
  readonly index: number;
}

/** The first rule in list order, over all APIRules of the host, whose pattern and method match; `undefined` when nobody spoke about it. */
export function intentOf(cluster: Cluster, request: AccessRequest): Intent | undefined {
  throw new TypeError(`not built yet: ${cluster.apiRules.length} ${request.host}`);
}
