import type { Probe } from '../probe';
import { unsignedTwins } from './forged';

export const idToken: Probe = {
  id: 'id-token',
  family: 'token',
  title: 'The ID token that came with the good one, in its place',
  claim: 'protected',
  severity: 'high',
  impact: 'safe',
  profile: 'full',
  needs: ['id-token'],
  core: false,
  per: 'issuer',
  attempts: [{ variant: 'ID token', credential: { kind: 'id-token' } }],
  budget: { smoke: 0, standard: 0, full: 1 },
  twins: [...unsignedTwins, 'denied-client'],
  breach: 'A token that tells an application who signed in opens the API: such tokens lie in browsers and logs.',
  fix: 'Ask for the audience or a scope of the API; ID tokens are for the client and have neither.',
  refs: ['RFC 9068 section 4', 'RFC 8725 section 3.12'],
};
