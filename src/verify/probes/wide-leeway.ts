import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const wideLeeway: Probe = {
  id: 'wide-leeway',
  family: 'claims',
  title: 'A token that ended ten minutes ago',
  claim: 'protected',
  severity: 'low',
  impact: 'safe',
  profile: 'full',
  needs: ['signing-key'],
  core: false,
  per: 'issuer',
  attempts: [forged('exp ten minutes ago', { expiresInSeconds: -600, signature: { by: 'test-key' } })],
  budget: { smoke: 0, standard: 0, full: 1 },
  twins: [...unsignedTwins, 'expired-token'],
  breach: 'The clock skew that is allowed for makes every token last minutes longer than its issuer says.',
  fix: 'Allow for a clock skew of at most a minute.',
  refs: ['RFC 7519 section 4.1.4', 'CWE-613'],
};
