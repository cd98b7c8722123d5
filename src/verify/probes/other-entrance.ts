import type { Attempt, Door, Probe } from '../probe';

const doors: Readonly<Record<string, Door>> = {
  'TLS that asks for no name': { kind: 'tls', serverName: '' },
  'TLS that asks for a name nobody has': { kind: 'tls', serverName: 'kyma-guard.invalid' },
  'plain HTTP at the port of TLS': { kind: 'plain', port: 'same' },
  'plain HTTP at port 80': { kind: 'plain', port: 'usual' },
};

const attempts = Object.entries(doors).map(([variant, door]): Attempt => ({ variant, credential: { kind: 'none' }, over: 'bytes', door }));

export const otherEntrance: Probe = {
  id: 'other-entrance',
  family: 'routing',
  title: 'The same call by another way in: without TLS, or under another name for it',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: ['tls'],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 4 },
  refusals: [405, 421, 426],
  evidence: 'control',
  twins: ['no-token'],
  breach: 'The protection hangs on the listener: by another one, or under another name for TLS, the workload is open.',
  fix: 'Put the same filters before every listener and every filter chain, the fallback certificate included; close the others.',
  refs: ['CVE-2026-50149', 'RFC 6066 section 3', 'CWE-288'],
};
