import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const unknownCrit: Probe = {
  id: 'unknown-crit',
  family: 'header',
  title: 'A token with a critical extension that nobody knows',
  claim: 'protected',
  severity: 'info',
  impact: 'safe',
  profile: 'full',
  needs: ['signing-key'],
  core: false,
  per: 'issuer',
  attempts: [
    forged('crit', { header: { crit: ['x-kyma-guard'], 'x-kyma-guard': true }, signature: { by: 'test-key' } }),
    forged('empty crit', { header: { crit: [] }, signature: { by: 'test-key' } }),
  ],
  budget: { smoke: 0, standard: 0, full: 2 },
  twins: [...unsignedTwins, 'expired-token', 'wrong-issuer'],
  breach: 'The member crit is not looked at, as in Envoy and many libraries: a deviation from the standard, no hole.',
  fix: 'Nothing, unless an issuer uses critical extensions; then take a verifier that knows them.',
  refs: ['RFC 7515 section 4.1.11', 'CVE-2026-35042'],
};
