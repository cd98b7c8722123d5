import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

const attempts = ['JWT', 'jwt', 'application/jwt'].map((cty) =>
  forged(`cty ${cty}`, { header: { cty }, payload: 'unsigned token', signature: { by: 'foreign-key' } }),
);

export const nestedToken: Probe = {
  id: 'nested-token',
  family: 'header',
  title: 'A token in a token',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 0, full: 3 },
  twins: unsignedTwins,
  breach: 'A token inside another is believed although nobody whom the rule trusts signed either of them.',
  fix: 'Refuse nested tokens, or verify each layer with the keys of the issuer.',
  refs: ['RFC 7519 section 5.2', 'RFC 8725 section 3.12'],
};
