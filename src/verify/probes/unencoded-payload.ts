import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const unencodedPayload: Probe = {
  id: 'unencoded-payload',
  family: 'header',
  title: 'A token whose payload is not encoded, or not there',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'issuer',
  attempts: [
    forged('b64 false and crit', { header: { b64: false, crit: ['b64'] }, payload: 'unencoded', signature: { by: 'foreign-key' } }),
    forged('b64 false', { header: { b64: false }, payload: 'unencoded', signature: { by: 'foreign-key' } }),
    forged('b64 false over encoded claims', { header: { b64: false, crit: ['b64'] }, signature: { by: 'foreign-key' } }),
    forged('no payload', { payload: 'detached', signature: { by: 'foreign-key' } }),
  ],
  budget: { smoke: 0, standard: 0, full: 4 },
  twins: unsignedTwins,
  breach: 'The option b64 leads the verifier past its check of the signature.',
  fix: 'Refuse tokens with b64: RFC 7797 forbids it in tokens.',
  refs: ['RFC 7797 section 7', 'CWE-347'],
};
