import type { Attempt, Probe } from '../probe';

const values: Readonly<Record<string, string>> = {
  'Basic with an empty user': 'Basic Og==',
  'Basic with a user and a password': 'Basic YWRtaW46YWRtaW4=',
  'Token and a word': 'Token kyma-guard',
  'JWT and three words': 'JWT not.good.token',
  Negotiate: 'Negotiate YIIB',
  Digest: 'Digest username="admin", realm="api", nonce="0", uri="/", response="00000000000000000000000000000000"',
  ApiKey: 'ApiKey kyma-guard',
  DPoP: 'DPoP not.good.token',
  'AWS4-HMAC-SHA256': 'AWS4-HMAC-SHA256 Credential=kyma/20260101/eu/api/aws4_request, SignedHeaders=host, Signature=00',
  'an unknown scheme': 'KymaGuard kyma-guard',
  'no scheme': 'not.good.token',
  'Basic with the name of a user as three words': 'Basic not.good.token',
};

/** Schemes that a check for Bearer passes over, and that a workload may read all the same. */
const own = ['JWT ', 'Token ', 'DPoP ', ''].map((prefix): Attempt => ({
  variant: `${prefix === '' ? 'no scheme' : prefix.trimEnd()} and a token of our own key`,
  credential: { kind: 'forged', recipe: { signature: { by: 'foreign-key' } } },
  place: { header: 'Authorization', prefix },
}));

const plain = Object.entries(values).map(([variant, value]): Attempt => ({
  variant,
  credential: { kind: 'none' },
  headers: [['Authorization', value]],
}));

const attempts = [...plain, ...own];

export const otherScheme: Probe = {
  id: 'other-scheme',
  family: 'transport',
  title: 'Another authentication scheme, without a good token',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 16 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key'],
  breach: 'A scheme other than Bearer opens the route: its check accepts anything, or the token check steps aside for it.',
  fix: 'Refuse every scheme but Bearer at this route, and take out schemes that are left over from development.',
  refs: ['RFC 9110 section 11.1', 'CWE-306', 'CVE-2022-29226'],
};
