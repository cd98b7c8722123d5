import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const unboundToken: Probe = {
  id: 'unbound-token',
  family: 'claims',
  title: 'A token that is bound to its client, without the proof',
  claim: 'protected',
  severity: 'low',
  impact: 'safe',
  profile: 'full',
  needs: ['token'],
  core: false,
  per: 'issuer',
  attempts: [forged('without certificate or DPoP proof', { onlyWith: 'cnf', signature: { by: 'unchanged' } })],
  budget: { smoke: 0, standard: 0, full: 1 },
  twins: unsignedTwins,
  breach: 'The token names a certificate or a key that its sender must hold (cnf), and nobody asks for it: a stolen token works.',
  fix: 'Compare cnf with the certificate or the DPoP proof of the caller in the workload, or do not count on the binding.',
  refs: ['RFC 8705 section 3', 'RFC 9449 section 4.3'],
};
