import { gatewayOf, hostIn } from '../../../model/cluster';
import { groupBy } from '../../../model/group-by';
import { objectRef } from '../../../model/object-ref';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents } from '../security/example-workload';
import { clusterProblemRule } from './cluster-problem-rule';

const rules = [`{ path: /orders, methods: [GET], ${exampleJwt} }`];
const rule = exampleApiRule(rules);

const taken = clusterProblemRule('host-taken', {
  why: 'The controller refuses the APIRule that comes later with "Host is occupied by another Virtual Service"; which one that is depends on timing.',
  fix: 'Put the rules of one host into one APIRule, or give each APIRule its own host.',
  refs: ['Kyma documentation, APIRule troubleshooting, host is occupied'],
  bad: documents(rule, exampleApiRule(rules, 'second')),
  good: documents(rule, exampleApiRule(rules, 'second', 'second.example.com')),
});

export const hostTaken: SetRule = {
  ...taken,
  checkSet: (input) => [...taken.checkSet(input), ...undecided(input)],
};

/** A host of one label beside one that begins with it: whether they are one host, the domain of their gateway decides. */
function undecided({ cluster, isReported }: SetInput): Finding[] {
  const all = cluster.apiRules.flatMap((apiRule) =>
    apiRule.hosts.map((host, index) => ({ apiRule, index, host: hostIn(cluster, apiRule, host), gateway: gatewayOf(apiRule) })),
  );
  const byLabel = groupBy(all, ({ gateway, host }) => `${gateway} ${host.split('.')[0] ?? ''}`);
  return [...byLabel.values()].flatMap((same) => {
    const full = same.find(({ host }) => host.includes('.'));
    const short = same.filter(({ host }) => !host.includes('.'));
    if (!full) return [];
    return short
      .filter(({ apiRule }) => objectRef(apiRule.manifest) !== objectRef(full.apiRule.manifest))
      .map((one) => ({ ...(isReported(one.apiRule.manifest) ? one : full), label: one.host }))
      .map(({ apiRule: { manifest }, index, label }) => ({
        manifest,
        path: ['spec', 'hosts', index],
        message: `whether "${label}" and ${full.host} are one host of two APIRules depends on the domain of the gateway, which is not known`,
        fix: 'Give the domain of the cluster with --domain, or the Gateway with --context.',
        undecided: true,
      }));
  });
}
