import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const rsaPadding: Probe = {
  id: 'rsa-padding',
  family: 'signature',
  title: 'A cube root for a signature, where the key has the exponent 3',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: ['keys'],
  core: false,
  per: 'issuer',
  attempts: [forged('cube root', { header: { alg: 'RS256' }, signature: { by: 'small-exponent' } })],
  budget: { smoke: 0, standard: 0, full: 4 },
  twins: unsignedTwins,
  breach: 'The padding of RSA signatures is not checked to its end, so they can be computed without the private key.',
  fix: 'Replace the key by one with the exponent 65537, and the library by one that compares the whole padding.',
  refs: ['CVE-2006-4339', 'CVE-2021-30246', 'RFC 8017 section 8.2.2'],
};
