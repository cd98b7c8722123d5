import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const certificateUrl: Probe = {
  id: 'certificate-url',
  family: 'header',
  title: 'A token that says where its certificate is: x5u',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: ['canary'],
  core: false,
  per: 'issuer',
  attempts: [
    forged('PEM', { header: { x5u: '{{canary}}/certificate.pem' }, signature: { by: 'foreign-key' } }),
    forged('DER', { header: { x5u: '{{canary}}/certificate.der' }, signature: { by: 'foreign-key' } }),
    forged('PEM without kid', { header: { x5u: '{{canary}}/certificate.pem', kid: null }, signature: { by: 'foreign-key' } }),
    forged('the issuer as user name', {
      header: { x5u: '{{issuerOrigin}}@{{canaryHost}}{{canaryPath}}/certificate.pem' },
      signature: { by: 'foreign-key' },
    }),
  ],
  budget: { smoke: 0, standard: 0, full: 4 },
  twins: unsignedTwins,
  breach:
    'The header member x5u leads the gateway to whoever wrote it: with a fetch alone it can be sent into the network, with a certificate from there anybody can write a token.',
  fix: 'Take keys from the configured address only; ignore x5u.',
  refs: ['RFC 7515 section 4.1.5', 'RFC 8725 section 3.10', 'CWE-918'],
};
