import { hostIn } from '../../model/cluster';
import { isShortHost } from '../../model/names';
import type { Finding, SetRule } from '../rule';
import { exampleApiRule, exampleJwt } from '../rules/security/example-api-rule';
import type { Policy } from './policy';
import { matchesHost } from './policy-pattern';

/** Hosts that the organisation does not give to this input. */
export function policyHost({ allowedHosts }: Policy): SetRule {
  return {
    id: 'policy-host',
    layer: 'security',
    severity: 'high',
    title: 'Only hosts that the organisation allows are exposed',
    why: 'A host in foreign hands, or one that nobody watches, gives attackers a name that users and cookies trust.',
    fix: 'Take a host of the policy, or have this one added to allowedHosts.',
    refs: ['docs/validate.md, policy'],
    bad: exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`], 'orders', 'orders.example.net'),
    good: exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]),
    checkSet: ({ cluster }) =>
      allowedHosts === undefined
        ? []
        : cluster.apiRules.flatMap((apiRule) =>
            apiRule.hosts.flatMap((host, index): Finding[] => {
              const full = hostIn(cluster, apiRule, host);
              if (allowedHosts.some((pattern) => matchesHost(pattern, full))) return [];
              return [{ manifest: apiRule.manifest, path: ['spec', 'hosts', index], ...judged(full, allowedHosts) }];
            }),
          ),
  };
}

function judged(host: string, patterns: readonly string[]): Pick<Finding, 'message' | 'undecided' | 'fix'> {
  const list = patterns.length === 0 ? 'it allows none' : `it allows ${patterns.join(', ')}`;
  if (!isShortHost(host)) return { message: `${host} is no host that the policy allows; ${list}` };
  return {
    message: `${host} is completed with the domain of the gateway, which is not in the input; ${list}`,
    undecided: true,
    fix: 'Give the domain of the cluster with --domain, or the Gateway with --context.',
  };
}
