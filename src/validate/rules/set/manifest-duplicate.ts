import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents } from '../security/example-workload';
import { clusterProblemRule } from './cluster-problem-rule';

const rules = [`{ path: /orders, methods: [GET], ${exampleJwt} }`];
const rule = exampleApiRule(rules);

export const manifestDuplicate = clusterProblemRule('manifest-duplicate', {
  why: 'One input is one cluster. Of two objects with one name the cluster keeps the one that is applied last, and nobody can say which one was checked.',
  fix: 'Remove one of the two, or check one cluster at a time.',
  refs: ['Kubernetes documentation, object names and ids'],
  bad: documents(rule, rule),
  good: documents(rule, exampleApiRule(rules, 'second', 'second.example.com')),
});
