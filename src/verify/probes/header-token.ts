import type { Attempt, Probe } from '../probe';

const names = [
  ...['X-Access-Token', 'X-Auth-Token', 'X-Forwarded-Access-Token', 'X-Id-Token', 'X-JWT-Assertion', 'X-Goog-IAP-JWT-Assertion'],
  ...['X-Amzn-Oidc-Data', 'X-Authorization', 'Proxy-Authorization', 'X-Token', 'Token', 'JWT', 'X-Api-Key', 'Sec-WebSocket-Protocol'],
  ...['X-Forwarded-Authorization', 'X-Original-Authorization', 'X-Auth-Request-Access-Token', 'X-Approuter-Authorization'],
  ...['X-MS-Token-AAD-Access-Token', 'X-User-Token'],
];

/** All at once with a text that is none, then each with a token of our own key: no valid token ever goes there. */
const attempts: readonly Attempt[] = [
  {
    variant: 'a text that is no token in all of them',
    credential: { kind: 'none' },
    headers: names.map((name) => [name, name === 'Proxy-Authorization' ? 'Bearer not.good.token' : 'not.good.token']),
  },
  ...names.map((header): Attempt => ({
    variant: `a token of our own key in ${header}`,
    credential: { kind: 'forged', recipe: { signature: { by: 'foreign-key' } } },
    place: { header, prefix: header.endsWith('Authorization') ? 'Bearer ' : '' },
  })),
];

export const headerToken: Probe = {
  id: 'header-token',
  family: 'transport',
  title: 'A token of our own in another header',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 21 },
  twins: ['no-token', 'foreign-key'],
  breach: 'A header that only a proxy should write is taken for a verified token: anybody can write it.',
  fix: 'Remove such headers at the first hop, and verify a token wherever it is read, signature and signer.',
  refs: ['CWE-290', 'CWE-347', 'RFC 9700 section 4.13'],
};
