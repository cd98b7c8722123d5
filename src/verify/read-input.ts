import type { CheckResult } from '../model/check-result';
import { NothingFoundError } from '../model/errors';
import { readApiRules } from '../model/read-api-rules';
import type { Endpoint } from './endpoint';
import { planCalls } from './plan';
import { requireNamed } from './idle-options';
import { describeIssuerless } from './issuerless';
import { routeSelection } from './select-routes';
import { isOwn } from './shard';
import type { VerifyInput } from './verify-input';

/** What the manifests and the selection of the user leave to verify. */
export interface ReadInput {
  readonly endpoints: readonly Endpoint[];
  /** Those of all shards together; the same where there are none. */
  readonly whole: readonly Endpoint[];
  readonly problems: readonly CheckResult[];
  /** Calls that the selection of the user leaves out. */
  readonly leftOut: readonly Endpoint[];
  /** Rules that nothing reaches. */
  readonly shadowed: readonly Endpoint[];
}

/**
 * Reads the calls of a run out of its manifests.
 * @throws {NothingFoundError} ERR_NOTHING_FOUND when the input has no APIRule, or the selection leaves no route
 * @throws {UsageError} ERR_USAGE when a host is not known in full, or an option names a route or a host that is not there
 */
export function readInput({ manifests, options }: VerifyInput): ReadInput {
  const { apiRules, problems } = readApiRules(manifests);
  if (apiRules.length === 0 && problems.length === 0) throw new NothingFoundError('there is no APIRule among the manifests');
  const targetHosts = Object.keys(options.targets ?? {});
  const { domain, samples = {}, expectations = [] } = options;
  const plan = planCalls(apiRules, { samples, targetHosts, expectations, ...(domain !== undefined && { domain }) });
  const routes = [...plan.endpoints, ...plan.shadowed];
  requireNamed(options, { routes, written: apiRules.flatMap((apiRule) => apiRule.hosts), idleHints: plan.idleHints });
  const chosen = routeSelection(routes, options);
  const endpoints = plan.endpoints.filter(chosen);
  const shadowed = plan.shadowed.filter(chosen);
  const hosts = new Set(endpoints.map(({ host }) => host));
  const nothingToCall = plan.endpoints.length === 0 && (shadowed.length > 0 || problems.some(({ status }) => status === 'fail'));
  if (endpoints.length === 0 && !nothingToCall) throw new NothingFoundError('no route is left to verify');
  const whole = endpoints.map((endpoint) => withinRun(endpoint, hosts));
  const { shard } = options;
  const isJudged = ({ host }: Endpoint): boolean => shard === undefined || isOwn(host, shard);
  return {
    endpoints: shard ? whole.filter(isJudged) : whole,
    whole,
    leftOut: plan.endpoints.filter((endpoint) => !chosen(endpoint)),
    problems: [...problems, ...plan.problems, ...describeIssuerless(endpoints)],
    shadowed: shadowed.filter(isJudged),
  };
}

/** Hosts that the run leaves out are not asked, not even for the sake of another. */
function withinRun(endpoint: Endpoint, hosts: ReadonlySet<string>): Endpoint {
  return { ...endpoint, otherHosts: (endpoint.otherHosts ?? []).filter(({ host }) => hosts.has(host)) };
}
