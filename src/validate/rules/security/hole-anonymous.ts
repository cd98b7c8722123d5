import { holeFindings } from '../../hole-finding';
import type { SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from './example-api-rule';
import { documents } from './example-workload';

const closed = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

export const holeAnonymous: SetRule = {
  id: 'hole-anonymous',
  layer: 'security',
  severity: 'critical',
  title: 'A protected rule lets nobody in without a token',
  why: 'Policies of all rules on a workload are one union: what one of them admits is open, whatever the rule that speaks about the path asks for.',
  fix: 'Name the public paths one by one, or give public and protected paths workloads of their own.',
  refs: [
    'CWE-306',
    'Istio documentation, Authorization Policy, implicit enablement',
    'Kyma documentation, APIRule, significance of rule path and method order',
  ],
  bad: documents(closed, exampleApiRule(['{ path: /*, methods: [GET], noAuth: true }'], 'pages', '*.example.com')),
  good: documents(closed, exampleApiRule(['{ path: /*, methods: [GET], noAuth: true }'], 'pages', 'pages.example.com')),
  checkSet: (input) => holeFindings(input, 'anonymous', 'to callers without a token'),
};
