import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

const attempts = ['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'id_token'].map((typ) =>
  forged(`typ ${typ}`, { header: { typ }, signature: { by: 'test-key' } }),
);

export const tokenType: Probe = {
  id: 'token-type',
  family: 'header',
  title: 'A token of another type than an access token',
  claim: 'protected',
  severity: 'info',
  impact: 'safe',
  profile: 'full',
  needs: ['signing-key'],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 0, full: 4 },
  twins: unsignedTwins,
  breach: 'The member typ is not looked at, as in Envoy: what the issuer signs for another purpose passes if its claims fit.',
  fix: 'Give tokens for other purposes another audience; demand typ at+jwt where the issuer sets it.',
  refs: ['RFC 8725 section 3.11', 'RFC 9068 section 4'],
};
