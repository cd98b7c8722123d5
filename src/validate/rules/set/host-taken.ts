import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents } from '../security/example-workload';
import { clusterProblemRule } from './cluster-problem-rule';

const rules = [`{ path: /orders, methods: [GET], ${exampleJwt} }`];
const rule = exampleApiRule(rules);

export const hostTaken = clusterProblemRule('host-taken', {
  why: 'The controller refuses the APIRule that comes later with "Host is occupied by another Virtual Service"; which one that is depends on timing.',
  fix: 'Put the rules of one host into one APIRule, or give each APIRule its own host.',
  refs: ['Kyma documentation, APIRule troubleshooting, host is occupied'],
  bad: documents(rule, exampleApiRule(rules, 'second')),
  good: documents(rule, exampleApiRule(rules, 'second', 'second.example.com')),
});
