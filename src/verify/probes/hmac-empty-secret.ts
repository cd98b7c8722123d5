import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

const kids: Readonly<Record<string, string | null>> = {
  'unknown kid': 'kyma-guard',
  'the kid of the issuer': '{{kid}}',
  'no kid': null,
  'empty kid': '',
};

const algorithms = ['HS256', 'HS384', 'HS512'];

const attempts = algorithms.flatMap((alg) =>
  Object.entries(kids).map(([variant, kid]) =>
    forged(`${alg}, ${variant}`, { header: { alg, kid }, signature: { by: 'hmac', secrets: { empty: '' } } }),
  ),
);

export const hmacEmptySecret: Probe = {
  id: 'hmac-empty-secret',
  family: 'signature',
  title: 'A token signed with an empty secret',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 1, full: 15 },
  twins: unsignedTwins,
  breach: 'A key that is not found becomes an empty secret, and with that anybody can sign.',
  fix: 'Refuse a token when no key is found for it, and refuse symmetric algorithms for issuers with public keys.',
  refs: ['CVE-2025-65945', 'CVE-2026-44699', 'CWE-347'],
};
