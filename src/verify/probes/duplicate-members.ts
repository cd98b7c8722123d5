import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const duplicateMembers: Probe = {
  id: 'duplicate-members',
  family: 'header',
  title: 'A header that says two things',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'issuer',
  attempts: [
    forged('alg none last', { header: { alg: 'none' }, text: { header: { first: '"alg":"RS256",' } }, signature: { by: 'none' } }),
    forged('alg none first', { header: { alg: 'none' }, text: { header: { last: ',"alg":"RS256"' } }, signature: { by: 'none' } }),
    forged('alg spelled with an escape', { text: { header: { first: '"\\u0061lg":"none",' } }, signature: { by: 'none' } }),
    forged('a byte order mark', { header: { alg: 'none' }, text: { header: { before: '\ufeff' } }, signature: { by: 'none' } }),
    forged('text behind the header', {
      header: { alg: 'none' },
      text: { header: { after: '{"alg":"RS256"}' } },
      signature: { by: 'none' },
    }),
  ],
  budget: { smoke: 0, standard: 0, full: 10 },
  twins: [...unsignedTwins, 'signature-stripped', 'alg-none'],
  breach: 'Two readers of the same header see different algorithms, and one of them needs no signature.',
  fix: 'Parse a token once, and refuse members that stand twice.',
  refs: ['RFC 7515 section 4', 'RFC 8725 section 2.6', 'CWE-436'],
};
