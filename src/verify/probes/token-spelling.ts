import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const tokenSpelling: Probe = {
  id: 'token-spelling',
  family: 'signature',
  title: 'The good token in another spelling',
  claim: 'protected',
  severity: 'info',
  impact: 'safe',
  profile: 'full',
  needs: ['token'],
  core: false,
  per: 'issuer',
  attempts: [forged('respelled', { signature: { by: 'respelled' } })],
  budget: { smoke: 0, standard: 0, full: 5 },
  twins: unsignedTwins,
  breach: 'The verifier reads the encoding leniently: harmless, unless a list of revoked tokens compares their text.',
  fix: 'Key lists of revoked or used tokens by jti, not by the text of the token.',
  refs: ['RFC 7515 section 2', 'CVE-2022-25898', 'CVE-2024-48949'],
};
