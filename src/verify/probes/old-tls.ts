import type { Attempt, Door, Probe } from '../probe';

const doors: Readonly<Record<string, Extract<Door, { kind: 'tls' }>>> = {
  'TLS 1.1': { kind: 'tls', version: 'TLSv1.1' },
  'TLS 1.0': { kind: 'tls', version: 'TLSv1' },
  'a cipher that encrypts nothing, or needs no certificate': { kind: 'tls', ciphers: 'eNULL:aNULL' },
};

const attempts = Object.entries(doors).map(([variant, door]): Attempt => ({ variant, credential: { kind: 'none' }, over: 'bytes', door }));

export const oldTls: Probe = {
  id: 'old-tls',
  family: 'platform',
  title: 'TLS before 1.2, or without encryption or certificate',
  claim: 'closed-to-anonymous',
  severity: 'medium',
  impact: 'safe',
  profile: 'full',
  needs: ['tls'],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 3 },
  evidence: 'inspect',
  twins: [],
  inspect: ({ attempt }) => `a call was answered over ${attempt.variant}`,
  expected: 'the handshake is refused',
  breach: 'Tokens may travel over a connection that others on the way can read or change.',
  fix: 'Offer TLS 1.2 and 1.3 only, with ciphers that authenticate and encrypt (tls.minProtocolVersion and tls.cipherSuites of the Gateway).',
  refs: ['RFC 8996', 'RFC 9325 section 3.1', 'CWE-326'],
};
