import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const oddTokenTypes: Probe = {
  id: 'odd-token-types',
  family: 'token',
  title: 'A token whose members have another type than expected',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'issuer',
  attempts: [
    forged('alg in a list', { header: { alg: ['RS256'] }, signature: { by: 'foreign-key' } }),
    forged('claims in a list', { payload: 'array', signature: { by: 'foreign-key' } }),
    forged('alg null', { nullHeader: ['alg'], signature: { by: 'foreign-key' } }),
    forged('alg an object', { header: { alg: {} }, signature: { by: 'foreign-key' } }),
    forged('alg true', { header: { alg: true }, signature: { by: 'foreign-key' } }),
    forged('kid a number', { header: { kid: 1 }, signature: { by: 'foreign-key' } }),
    forged('kid null', { nullHeader: ['kid'], signature: { by: 'foreign-key' } }),
    forged('kid an object', { header: { kid: { $ne: 1 } }, signature: { by: 'foreign-key' } }),
    forged('kid a list', { header: { kid: ['{{kid}}'] }, signature: { by: 'foreign-key' } }),
    forged('kid with control characters', { header: { kid: '\u0000\n\ud800' }, signature: { by: 'foreign-key' } }),
  ],
  budget: { smoke: 0, standard: 0, full: 10 },
  twins: unsignedTwins,
  breach: 'A member of an unexpected type leads the verifier past its check of the signature.',
  fix: 'Check the types of all members before they are used, and refuse when the verifier throws.',
  refs: ['CVE-2026-107723', 'RFC 8725 section 3.4', 'CWE-843', 'CWE-636'],
};
