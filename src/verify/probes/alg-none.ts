import type { Attempt, Probe } from '../probe';

const spellings = ['none', 'None', 'NONE', 'nOnE'];

const attempts = spellings.map((alg): Attempt => ({
  variant: `alg ${alg}`,
  credential: { kind: 'forged', recipe: { header: { alg }, signature: { by: 'none' } } },
}));

export const algNone: Probe = {
  id: 'alg-none',
  family: 'signature',
  title: 'An unsigned token that says so: alg none',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'smoke',
  needs: [],
  core: true,
  per: 'issuer',
  attempts,
  budget: { smoke: 1, standard: 4, full: 8 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key', 'signature-stripped'],
  breach: 'The token itself decides that it needs no signature: anybody can write one.',
  fix: 'List the accepted algorithms at the verifier, and compare them exactly; never take none.',
  refs: ['RFC 8725 section 3.1', 'CWE-327', 'CVE-2015-9235'],
};
