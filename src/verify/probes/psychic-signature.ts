import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

/** Order of the curve P-256. */
const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
const zero = '00'.repeat(32);

function third(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64url');
}

const texts: Readonly<Record<string, string>> = {
  'r and s zero': third(zero + zero),
  'r and s the order': third(order + order),
  'r zero, s one': third(`${zero}${zero.slice(2)}01`),
  'r and s zero, in DER': third('3006020100020100'),
  'r zero, s the order': third(zero + order),
  'r the order, s zero': third(order + zero),
};

const attempts = [
  forged('ES256', { header: { alg: 'ES256' }, signature: { by: 'text', texts } }),
  forged('ES384', { header: { alg: 'ES384' }, signature: { by: 'text', texts: { 'r and s zero': third('00'.repeat(96)) } } }),
  forged('ES512', { header: { alg: 'ES512' }, signature: { by: 'text', texts: { 'r and s zero': third('00'.repeat(132)) } } }),
];

export const psychicSignature: Probe = {
  id: 'psychic-signature',
  family: 'signature',
  title: 'An ECDSA signature of nothing',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 1, full: 8 },
  twins: unsignedTwins,
  breach: 'A signature of zeros passes for every text: anybody can write a token.',
  fix: 'Update the library; r and s of an ECDSA signature must lie between 1 and the order of the curve.',
  refs: ['CVE-2022-21449', 'RFC 8725 section 3.4', 'CWE-347'],
};
