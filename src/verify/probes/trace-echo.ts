import type { Attempt, Probe, Seen } from '../probe';

const marker = 'kyma-guard-echo-of-a-header';

function inspect({ body, status }: Seen): string | undefined {
  return status < 300 && body.includes(marker) ? 'the answer repeats a header of the request' : undefined;
}

const attempts = ['TRACE', 'TRACK', 'DEBUG'].map((method): Attempt => ({
  variant: method,
  method,
  credential: { kind: 'none' },
  headers: [['X-Kyma-Guard-Echo', marker]],
}));

export const traceEcho: Probe = {
  id: 'trace-echo',
  family: 'method',
  title: 'TRACE repeats the headers of a request',
  claim: 'closed-to-anonymous',
  severity: 'low',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 3 },
  evidence: 'inspect',
  expected: 'an answer that repeats nothing: 405, 501, or a refusal',
  twins: [],
  inspect,
  breach: 'The answer shows the headers as the workload got them, also those that a proxy adds and an Authorization header.',
  fix: 'Switch TRACE, TRACK and DEBUG off.',
  refs: ['RFC 9110 section 9.3.8', 'CWE-693'],
};
