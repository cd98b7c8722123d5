import type { Probe } from '../probe';
import { forged } from './forged';

/** Bad tokens after which a limit should have shown. */
const enough = 30;

export const failedTokens: Probe = {
  id: 'failed-tokens',
  family: 'platform',
  title: 'One more bad token, after many of them',
  claim: 'protected',
  severity: 'info',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [forged('a token of an unknown key', { header: { kid: 'kyma-guard-failed-tokens' }, signature: { by: 'foreign-key' } })],
  budget: { smoke: 0, standard: 0, full: 1 },
  refusals: [429],
  evidence: 'inspect',
  twins: [],
  inspect({ status, badTokens }) {
    if (status === 429) return undefined;
    return badTokens < enough
      ? { idle: `the run was too short: the host got ${badTokens} bad tokens` }
      : `not even after ${badTokens} bad tokens the host answered with 429`;
  },
  expected: '429 after some of them',
  breach: 'A note, no hole: nothing slows down who tries tokens. At the issuer, look how often its keys were fetched meanwhile.',
  fix: 'Limit failures per caller at the gateway (a rate limit for 401), and fetch keys for an unknown kid once in a while only.',
  refs: ['OWASP API4:2023', 'RFC 6585 section 4'],
};
