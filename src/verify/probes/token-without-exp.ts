import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const tokenWithoutExp: Probe = {
  id: 'token-without-exp',
  family: 'claims',
  title: 'A token that never ends',
  claim: 'protected',
  severity: 'info',
  impact: 'safe',
  profile: 'full',
  needs: ['signing-key'],
  core: false,
  per: 'issuer',
  attempts: [
    forged('no exp', { claims: { exp: null }, signature: { by: 'test-key' } }),
    forged('exp 0', { claims: { exp: 0 }, signature: { by: 'test-key' } }),
  ],
  budget: { smoke: 0, standard: 0, full: 2 },
  twins: [...unsignedTwins, 'expired-token'],
  breach: 'A token without exp is accepted, as Envoy does by default: what the issuer signs without an end works for ever.',
  fix: 'Let the issuer set exp in every token; where the verifier can demand it, let it.',
  refs: ['RFC 7519 section 4.1.4', 'RFC 8725 section 3.10', 'CWE-613'],
};
