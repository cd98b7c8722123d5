import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

export const jsonSerialization: Probe = {
  id: 'json-serialization',
  family: 'signature',
  title: 'A token in the JSON serialization, with a header that nobody signed',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'issuer',
  attempts: [
    forged('JSON as base64url', { form: 'encoded json', signature: { by: 'foreign-key' } }),
    forged('JSON', { form: 'json', signature: { by: 'foreign-key' } }),
  ],
  budget: { smoke: 0, standard: 0, full: 2 },
  twins: unsignedTwins,
  breach: 'A token in JSON is read by another way than the compact one, which does not verify it.',
  fix: 'Accept the compact serialization only, and never read alg from a header that is not protected.',
  refs: ['RFC 7515 section 7.2', 'GHSA-5739-39v2-5754'],
};
