import { intentOfPath, type Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

/** The path of this rule at the other hosts of its workload; where they protect it themselves, that is a call of its own. */
function attempts({ otherHosts = [], method, samplePath }: Endpoint): Attempt[] {
  return otherHosts
    .filter((other) => intentOfPath(other, method, samplePath) !== 'jwt')
    .map(({ host }) => ({ variant: host, at: host, credential: { kind: 'none' } }));
}

export const otherHost: Probe = {
  id: 'other-host',
  family: 'routing',
  title: 'The same path at another host of the workload',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 2, full: 4 },
  refusals: [405],
  evidence: 'control',
  twins: ['no-token'],
  breach: 'The workload is protected at one host only: another one that leads to it opens what this one protects.',
  fix: 'Protect the workload for all its hosts; give what is public a workload of its own, or name its paths one by one.',
  refs: ['OWASP API9:2023', 'CWE-288'],
};
