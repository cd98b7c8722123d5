import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const embeddedX5c: Probe = {
  id: 'embedded-x5c',
  family: 'header',
  title: 'A token that brings its own certificate: x5c',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'issuer',
  attempts: [
    forged('the kid of the issuer', { embed: 'x5c', signature: { by: 'foreign-key' } }),
    forged('no kid', { embed: 'x5c', header: { kid: null }, signature: { by: 'foreign-key' } }),
    forged('the issuer’s certificate behind it', { embed: 'x5c with the issuer’s key behind it', signature: { by: 'foreign-key' } }),
  ],
  budget: { smoke: 0, standard: 0, full: 3 },
  twins: unsignedTwins,
  breach: 'A certificate in the header decides, although nobody trusts it: anybody can write a token.',
  fix: 'Take keys from the configured key set only; a chain in x5c must end at a pinned root if it is used at all.',
  refs: ['RFC 7515 section 4.1.6', 'RFC 8725 section 3.10', 'CWE-295'],
};
