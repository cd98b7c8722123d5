import type { ApiRule } from '../../model/api-rule';
import { bareApiRule } from '../../model/bare-manifest';
import { hostIn, type Cluster } from '../../model/cluster';
import type { AuthorizationPolicy } from '../../model/istio';
import { jwtOf } from '../../model/translate-authentication';
import { readApiRules } from '../../model/read-api-rules';
import { translate } from '../../model/translate';
import type { OldApiRule, OldHandler } from '../old-api-rule';
import type { GroupWorkload } from './group-workload';
import { refOf, type WorkloadGroup } from './workload-group';

/** One APIRule of a group on its way: what it was, and what it will be. */
export interface Migrating {
  /** `namespace/name`. */
  readonly ref: string;
  readonly old: OldApiRule;
  readonly apiRule: ApiRule;
  /** As the gateway will see it; a label where the domain of the gateway is not known. */
  readonly host: string;
  readonly isProtected: boolean;
  /** Issuers whose tokens the new rules take. */
  readonly issuers: readonly string[];
  /** True when an old rule goes through Oathkeeper. */
  readonly oathkeeper: boolean;
}

/**
 * The APIRules of a group in the order in which they are to be applied: those that look at no token first, because one that does makes the
 * workload refuse tokens of issuers that it does not know. Nothing for an APIRule that has no new form.
 */
export function migratingOf(group: WorkloadGroup, cluster: Pick<Cluster, 'domains'>): readonly Migrating[] {
  const all = group.translations.flatMap(({ old, apiRule }) => {
    const [read] = apiRule ? readApiRules([bareApiRule(apiRule)]).apiRules : [];
    return read ? [migrating(old, read, cluster)] : [];
  });
  return [...all.filter(({ issuers }) => issuers.length === 0), ...all.filter(({ issuers }) => issuers.length > 0)];
}

function migrating(old: OldApiRule, apiRule: ApiRule, cluster: Pick<Cluster, 'domains'>): Migrating {
  const issuers = apiRule.rules.flatMap((rule) => (jwtOf(rule)?.authentications ?? []).map(({ issuer }) => issuer));
  return {
    ref: refOf(old),
    old,
    apiRule,
    host: hostIn(cluster, apiRule, apiRule.hosts[0] ?? ''),
    isProtected: apiRule.rules.some(({ access }) => access.kind !== 'noAuth'),
    issuers: [...new Set(issuers)],
    oathkeeper: old.rules.some(({ accessStrategies }) => accessStrategies.some(goesThroughOathkeeper)),
  };
}

/** The gateway leads everything to Oathkeeper but what needs no check or what Istio itself checks. */
function goesThroughOathkeeper({ handler, config }: OldHandler): boolean {
  if (handler === 'allow' || handler === 'no_auth') return false;
  return handler !== 'jwt' || (config['authentications'] === undefined && config['authorizations'] === undefined);
}

/** Policies that the controller will make of public rules that lead to a workload. */
export function publicPoliciesOf(
  all: readonly Migrating[],
  workload: GroupWorkload,
  cluster: Pick<Cluster, 'domains'>,
): readonly AuthorizationPolicy[] {
  const apiRules = all.map(({ apiRule }) => apiRule);
  const { authorizationPolicies } = translate({
    apiRules,
    services: workload.facts,
    domains: cluster.domains,
    istio: { virtualServices: [], requestAuthentications: [], authorizationPolicies: [] },
    realized: new Set(),
    owners: new Map(),
  });
  const selectors = new Set(workload.facts.map(({ selector }) => keyOf(workload.namespace, selector)));
  return authorizationPolicies.filter(
    (policy) => policy.action === 'ALLOW' && isPublic(policy, apiRules) && selectors.has(keyOf(policy.namespace, policy.selector)),
  );
}

function isPublic({ origin }: AuthorizationPolicy, apiRules: readonly ApiRule[]): boolean {
  const apiRule = apiRules.find((candidate) => refOf(candidate) === origin?.apiRule);
  return apiRule?.rules[origin?.rule ?? -1]?.access.kind === 'noAuth';
}

function keyOf(namespace: string, selector: Readonly<Record<string, string>>): string {
  return JSON.stringify([namespace, Object.entries(selector).sort()]);
}
