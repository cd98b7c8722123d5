import { calibrationGarbage, type Probe } from '../probe';

export const writeOnly: Probe = {
  id: 'write-only',
  family: 'token',
  title: 'A method that writes, called without effect and without a token',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'smoke',
  needs: [],
  core: true,
  per: 'endpoint',
  on: 'writing',
  attempts: [
    { variant: 'empty body of an unknown type', credential: { kind: 'none' } },
    { variant: 'the same with a text that is no token', credential: { kind: 'text', text: calibrationGarbage } },
  ],
  budget: { smoke: 2, standard: 2, full: 2 },
  refusals: [],
  twins: [],
  breach: 'A call that writes reaches the workload without a token: it is answered otherwise than this gateway refuses.',
  fix: 'Protect the methods that write by the same rule as those that read.',
  refs: ['CWE-306', 'OWASP API5:2023'],
};
