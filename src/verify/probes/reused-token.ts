import type { Probe } from '../probe';
import { unsignedTwins } from './forged';

export const reusedToken: Probe = {
  id: 'reused-token',
  family: 'claims',
  title: 'A good token that was accepted before, and has ended',
  claim: 'protected',
  severity: 'high',
  impact: 'safe',
  profile: 'full',
  needs: ['ended-token'],
  core: false,
  per: 'issuer',
  attempts: [{ variant: 'more than two minutes after its end', credential: { kind: 'ended' } }],
  budget: { smoke: 0, standard: 0, full: 2 },
  twins: [...unsignedTwins, 'expired-token'],
  breach: 'Tokens are remembered longer than they last: who once had access keeps it.',
  fix: 'Keep the result of a verification at most until exp, and look at the clock each time.',
  refs: ['CVE-2026-107719', 'RFC 7519 section 4.1.4', 'CWE-613'],
};
