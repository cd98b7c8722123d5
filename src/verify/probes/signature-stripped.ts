import type { Probe } from '../probe';

export const signatureStripped: Probe = {
  id: 'signature-stripped',
  family: 'signature',
  title: 'A token without its signature',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'smoke',
  needs: [],
  core: true,
  per: 'issuer',
  attempts: [{ variant: 'same algorithm, no signature', credential: { kind: 'forged', recipe: { signature: { by: 'none' } } } }],
  budget: { smoke: 1, standard: 2, full: 2 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key'],
  breach: 'A token without a signature is accepted: anybody can write one.',
  fix: 'Refuse a token whose signature is empty or missing, whatever its header says.',
  refs: ['CWE-347', 'RFC 8725 section 2.1'],
};
