import { intentOfPath, type Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

/** What else stands for an operator of the rule: more segments, none, a number, a word that many workloads have a route for. */
function attempts(endpoint: Endpoint): Attempt[] {
  const { samplePath, method, intent } = endpoint;
  const plain = samplePath.replace(/\/$/, '');
  const parent = plain.slice(0, plain.lastIndexOf('/') + 1) || '/';
  const paths: Readonly<Record<string, string>> = {
    'a segment below it': `${plain}/kyma-guard`,
    'a number in its place': `${parent}4711`,
    'two segments below it': `${plain}/kyma/guard`,
    'nothing in its place': parent,
    'a word that has a route of its own': `${parent}export`,
    'a search in its place': `${parent}search`,
    'a health check in its place': `${parent}health`,
  };
  return Object.entries(paths)
    .filter(([, path]) => path !== samplePath && intentOfPath(endpoint, method, path) === intent)
    .map(([variant, path]) => ({ variant, path, credential: { kind: 'none' } }));
}

export const otherSample: Probe = {
  id: 'other-sample',
  family: 'path',
  title: 'Another path that the rule takes',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  absent: 'the rule takes no other path',
  budget: { smoke: 0, standard: 1, full: 7 },
  refusals: [405],
  twins: ['no-token'],
  breach: 'Only some of the paths that the rule takes are protected: others below or beside the sample path open without a token.',
  fix: 'Compare how the gateway and the policy of the workload read the operators of the path; protect the whole subtree.',
  refs: ['CWE-425', 'CWE-863', 'OWASP API5:2023'],
};
