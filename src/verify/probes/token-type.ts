import type { Recipe } from '../../token/forge';
import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

const logout = { 'http://schemas.openid.net/event/backchannel-logout': {} };

/** What issuers sign beside access tokens, as far as its claims show it. Scope and audience stay those of the good token. */
const kinds: Readonly<Record<string, Recipe>> = {
  'the claims of an ID token': {
    claims: { nonce: 'kyma-guard', at_hash: 'kyma-guard', auth_time: 1_700_000_000 },
    signature: { by: 'test-key' },
  },
  'the claims of a refresh token': { claims: { typ: 'Refresh', token_use: 'refresh' }, signature: { by: 'test-key' } },
  'the claims of a logout token': { claims: { events: logout, sid: 'kyma-guard' }, signature: { by: 'test-key' } },
};

const attempts = [
  ...['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'id_token'].map((typ) =>
    forged(`typ ${typ}`, { header: { typ }, signature: { by: 'test-key' } }),
  ),
  ...Object.entries(kinds).map(([variant, recipe]) => forged(variant, recipe)),
];

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
  budget: { smoke: 0, standard: 0, full: 7 },
  twins: unsignedTwins,
  breach: 'What kind of token it is, is not looked at, as in Envoy: what the issuer signs for another purpose passes if its claims fit.',
  fix: 'Give tokens for other purposes another audience; demand typ at+jwt where the issuer sets it.',
  refs: ['RFC 8725 section 3.11', 'RFC 9068 section 4'],
};
