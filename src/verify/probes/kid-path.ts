import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

const empty = { 'an empty secret': '' };

const paths = [
  '../../../../../../../../dev/null',
  '/dev/null',
  'file:///dev/null',
  '../../../../dev/null',
  '..%2f..%2f..%2f..%2f..%2f..%2fdev%2fnull',
  '....//....//....//....//....//dev/null',
  '../../../../../../../../dev/null\u0000.pem',
  'NUL',
];

const attempts = [
  ...paths.map((kid) => forged(`kid ${JSON.stringify(kid)}`, { header: { alg: 'HS256', kid }, signature: { by: 'hmac', secrets: empty } })),
  ...['/dev/null', '../../../../../../../../dev/null'].map((kid) =>
    forged(`kid "${kid}"`, { header: { alg: 'HS256', kid }, signature: { by: 'hmac', secrets: { 'a zero byte': '\0' } } }),
  ),
  ...['', '../../../../../../../..'].map((root) =>
    forged('kid of a constant of the kernel', {
      header: { alg: 'HS256', kid: `${root}/proc/sys/kernel/randomize_va_space` },
      signature: { by: 'hmac', secrets: { 'its content': '2\n', 'its digit': '2' } },
    }),
  ),
];

export const kidPath: Probe = {
  id: 'kid-path',
  family: 'header',
  title: 'A kid that is the path of a file everybody knows',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 1, full: 14 },
  twins: [...unsignedTwins, 'hmac-empty-secret'],
  breach: 'The kid is used as a file name: a file of known content becomes the secret.',
  fix: 'Look a kid up in the configured key set and nowhere else.',
  refs: ['RFC 8725 section 3.10', 'CWE-22'],
};
