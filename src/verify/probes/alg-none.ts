import type { Probe } from '../probe';
import { forged } from './forged';

/** The usual spellings first, then every other mixture of letters. */
const spellings = [...new Set(['none', 'None', 'NONE', 'nOnE', ...mixtures('none')])];

function mixtures(text: string): string[] {
  return text === '' ? [''] : mixtures(text.slice(1)).flatMap((rest) => [`${text[0]}${rest}`, `${text[0]?.toUpperCase()}${rest}`]);
}

/** What a checker may take for a signature that it need not look at. */
const leftovers = { 'a third segment of two letters': 'AA', 'a third segment of zeros': 'A'.repeat(342) };

const attempts = [
  ...spellings.slice(0, 4).map((alg) => forged(`alg ${alg}`, { header: { alg }, signature: { by: 'none' } })),
  forged('alg none', { header: { alg: 'none' }, signature: { by: 'text', texts: leftovers } }),
  forged('alg none over the good signature', { header: { alg: 'none' }, signature: { by: 'original' } }),
  forged('alg none, unknown kid', { header: { alg: 'none', kid: 'kyma-guard' }, signature: { by: 'none' } }),
  forged('alg none, no kid', { header: { alg: 'none', kid: null }, signature: { by: 'none' } }),
  forged('no alg', { header: { alg: null }, signature: { by: 'none' } }),
  forged('alg null', { nullHeader: ['alg'], signature: { by: 'none' } }),
  ...['', 'none ', ' none'].map((alg) => forged(`alg ${JSON.stringify(alg)}`, { header: { alg }, signature: { by: 'none' } })),
  ...spellings.slice(4).map((alg) => forged(`alg ${alg}`, { header: { alg }, signature: { by: 'none' } })),
];

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
  budget: { smoke: 1, standard: 3, full: 52 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key', 'signature-stripped', 'tampered-payload'],
  breach: 'The token itself decides that it needs no signature: anybody can write one.',
  fix: 'List the accepted algorithms at the verifier, and compare them exactly; never take none.',
  refs: ['RFC 8725 section 3.1', 'CWE-327', 'CVE-2015-9235'],
};
