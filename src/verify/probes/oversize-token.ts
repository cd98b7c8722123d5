import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

const sizes = [16, 32, 64].map((kilobytes) =>
  forged(`${kilobytes} kB`, { claims: { padding: 'x'.repeat(kilobytes * 750) }, signature: { by: 'foreign-key' } }),
);

const members = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x-kyma-guard-${i}`, i]));

const attempts = [
  ...sizes,
  forged('a hundred unknown header members', { header: members, signature: { by: 'foreign-key' } }),
  forged('claims nested deeply', {
    text: { claims: { last: `,"deep":${'['.repeat(200)}${']'.repeat(200)}` } },
    signature: { by: 'foreign-key' },
  }),
];

export const oversizeToken: Probe = {
  id: 'oversize-token',
  family: 'token',
  title: 'A token larger than buffers are',
  claim: 'protected',
  severity: 'critical',
  impact: 'noisy',
  profile: 'full',
  needs: [],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 0, full: 5 },
  refusals: [413, 414, 431],
  twins: unsignedTwins,
  breach: 'A token too large for the verifier is let through instead of being refused.',
  fix: 'Limit the size of headers, and refuse what is larger with 431 or 401.',
  refs: ['CWE-636', 'CWE-400'],
};
