import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

const names = ['RS384', 'RS512', 'PS256', 'PS384', 'ES256', 'EdDSA', 'rs256', 'Rs256', 'RSA-SHA256', 'SHA256withRSA', 'HS256', 'RS256 '];

const attempts = names.map((alg) => forged(`alg ${JSON.stringify(alg)}`, { header: { alg }, signature: { by: 'original' } }));

export const algorithmSwap: Probe = {
  id: 'algorithm-swap',
  family: 'signature',
  title: 'The good signature under another algorithm name',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: ['token'],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 0, full: 12 },
  twins: [...unsignedTwins, 'alg-none', 'tampered-payload', 'signature-stripped', 'damaged-signature'],
  breach: 'A token with an algorithm that the verifier does not know is let through.',
  fix: 'List the accepted algorithms at the verifier, compare them exactly, and refuse every other name.',
  refs: ['RFC 8725 section 3.1', 'CWE-347'],
};
