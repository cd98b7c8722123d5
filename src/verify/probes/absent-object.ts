import { intentOfPath, type Endpoint } from '../endpoint';
import { isLike } from '../likeness';
import { calibrationGarbage, type Attempt, type Probe, type Seen } from '../probe';

/** The rule's path with a last part that nothing has, beside one that the author of the rule says to exist. */
function attempts(endpoint: Endpoint): Attempt[] {
  const { hints, samplePath, method, path: pattern } = endpoint;
  const path = samplePath.replace(/[^/]*$/, 'kyma-guard-absent');
  const isOfRule = /\*\}?$/.test(pattern) && intentOfPath(endpoint, method, path) === 'jwt';
  if (hints.path === undefined || !isOfRule) return [];
  return [
    { variant: 'no token', path, credential: { kind: 'none' } },
    { variant: 'a text that is no token', path, credential: { kind: 'text', text: calibrationGarbage } },
  ];
}

function inspect({ attempt, facts, calibration }: Seen): string | undefined {
  const { none, garbage } = calibration;
  const existing = attempt.credential.kind === 'none' ? none : garbage;
  if (existing.kind !== 'answer' || isLike(facts, existing)) return undefined;
  return `status ${facts.status} for what does not exist, ${existing.status} for what does`;
}

export const absentObject: Probe = {
  id: 'absent-object',
  family: 'platform',
  title: 'Refusals that tell what exists from what does not',
  claim: 'closed-to-anonymous',
  severity: 'low',
  impact: 'safe',
  profile: 'full',
  needs: ['hint'],
  core: false,
  per: 'endpoint',
  attempts,
  absent: 'needs a hint with the path of something that exists, below a rule for many of its kind',
  budget: { smoke: 0, standard: 0, full: 2 },
  evidence: 'inspect',
  twins: [],
  inspect,
  expected: 'the same refusal whether it exists or not',
  breach: 'Whoever has no token learns what exists: the workload looks for it before the caller is refused.',
  fix: 'Refuse before anything is looked for.',
  refs: ['CWE-203', 'CWE-204'],
};
