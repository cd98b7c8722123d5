import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const encryptedToken: Probe = {
  id: 'encrypted-token',
  family: 'header',
  title: 'A token that is encrypted instead of signed',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: ['keys'],
  core: false,
  per: 'issuer',
  attempts: [
    forged('to a published key', { signature: { by: 'encryption', alg: 'RSA-OAEP-256' } }),
    forged('to a published key, RSA-OAEP', { signature: { by: 'encryption', alg: 'RSA-OAEP' } }),
    forged('with a key of zeros', { signature: { by: 'encryption', alg: 'dir' } }),
    forged('to a published EC key', { signature: { by: 'encryption', alg: 'ECDH-ES' } }),
  ],
  budget: { smoke: 0, standard: 1, full: 12 },
  twins: unsignedTwins,
  breach: 'A token that only had to be encrypted to a public key is believed: anybody can write one.',
  fix: 'Encryption names no sender: demand a signature inside, by the issuer.',
  refs: ['CVE-2026-29000', 'CVE-2017-16007', 'RFC 8725 sections 3.2 and 3.4', 'RFC 7519 section 11.2'],
};
