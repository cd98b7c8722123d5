import type { ApiRule } from '../../model/api-rule';
import { hostIn, type Cluster } from '../../model/cluster';
import { isShortHost } from '../../model/names';
import type { Finding, SetRule } from '../rule';
import { exampleApiRule, exampleJwt } from '../rules/security/example-api-rule';
import type { Policy, PublicPath } from './policy';
import { coversPath, matchesHost } from './policy-pattern';

const protectedRule = `{ path: /orders, methods: [GET], ${exampleJwt} }`;

/** Rules that ask for no token where the organisation wants one. */
export function policyPublicPath({ publicPaths }: Policy): SetRule {
  return {
    id: 'policy-public-path',
    layer: 'security',
    severity: 'high',
    title: 'Only paths that the organisation allows are public',
    why: 'A rule with noAuth lets everybody on the internet through to the workload.',
    fix: 'Protect the rule with jwt or extAuth, or have host and path added to publicPaths.',
    refs: ['CWE-306', 'docs/validate.md, policy'],
    bad: exampleApiRule([protectedRule, '{ path: /export, methods: [GET], noAuth: true }']),
    good: exampleApiRule([protectedRule, '{ path: /healthz, methods: [GET], noAuth: true }']),
    checkSet: ({ cluster }) =>
      publicPaths === undefined ? [] : cluster.apiRules.flatMap((apiRule) => findings(apiRule, cluster, publicPaths)),
  };
}

function findings(apiRule: ApiRule, cluster: Cluster, allowed: readonly PublicPath[]): Finding[] {
  const hosts = apiRule.hosts.map((host) => hostIn(cluster, apiRule, host));
  return apiRule.rules.flatMap(({ access, path }, index): Finding[] => {
    const places = allowed.filter((place) => coversPath(place.path, path));
    const closed = hosts.filter((host) => !places.some((place) => matchesHost(place.host, host)));
    if (access.kind !== 'noAuth' || closed.length === 0) return [];
    const at = { manifest: apiRule.manifest, path: ['spec', 'rules', index, 'noAuth'] };
    const message = `${path} of ${closed.join(', ')} is open to everybody; the policy allows that ${listed(allowed)}`;
    return [places.length > 0 && closed.every(isShortHost) ? { ...at, message, ...unknownDomain } : { ...at, message }];
  });
}

/** The path may be public on some hosts, and the name of this one is not complete. */
const unknownDomain = {
  undecided: true,
  fix: 'Give the domain of the cluster with --domain, or the Gateway with --context.',
};

function listed(allowed: readonly PublicPath[]): string {
  return allowed.length === 0 ? 'nowhere' : `for ${allowed.map(({ host, path }) => `${host}${path}`).join(', ')} only`;
}
