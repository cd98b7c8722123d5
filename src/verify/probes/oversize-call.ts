import type { Attempt, Probe } from '../probe';

const many: NonNullable<Attempt['headers']> = Array.from({ length: 150 }, (_, i) => [`X-Kyma-Guard-${i}`, '1']);

/** Calls without a token that are more than a check may want to read. */
const attempts: readonly Attempt[] = [
  { variant: 'a long query', query: `kyma-guard=${'x'.repeat(8192)}`, credential: { kind: 'none' } },
  { variant: 'a hundred and fifty headers', headers: many, credential: { kind: 'none' } },
  { variant: 'a long cookie', headers: [['Cookie', `kyma-guard=${'x'.repeat(16_384)}`]], credential: { kind: 'none' } },
  {
    variant: 'a large body',
    headers: [['Content-Type', 'application/x-kyma-guard']],
    body: 'x'.repeat(131_072),
    credential: { kind: 'none' },
  },
];

export const oversizeCall: Probe = {
  id: 'oversize-call',
  family: 'token',
  title: 'A call without a token, larger than buffers are',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'noisy',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 4 },
  refusals: [411, 413, 414, 415, 431],
  twins: ['no-token', 'content-switch'],
  breach: 'A call too large for the check is forwarded unchecked instead of being refused.',
  fix: 'Refuse what is larger than the check reads with 413, 414 or 431, and never forward what it could not decide about.',
  refs: ['CWE-636', 'CWE-770'],
};
