import type { TokenCheck } from '../token-check';

/** Hours that a token may last. XSUAA gives 12 by default. */
const mostHours = 24;

export const tokenLifetime: TokenCheck = {
  id: 'token-lifetime',
  title: 'The good token lasts a day at most',
  severity: 'low',
  fix: 'Shorten the validity of access tokens at the issuer (for XSUAA: token-validity in oauth2-configuration of xs-security.json).',
  refs: ['RFC 9700 section 2.2', 'RFC 6750 section 5.3', 'CWE-613'],
  check({ claims: { exp, iat, nbf } }) {
    if (exp === undefined) return { status: 'warn', message: 'it never ends: it has no exp' };
    const start = [iat, nbf].find((value) => typeof value === 'number');
    if (typeof exp !== 'number' || typeof start !== 'number') return { status: 'skip', message: 'it does not say when it was issued' };
    const hours = (exp - start) / 3600;
    if (hours <= mostHours) return undefined;
    return {
      status: 'warn',
      message: 'who gets hold of it has access for long',
      expected: `at most ${mostHours} hours`,
      actual: `${Math.round(hours)} hours`,
    };
  },
};
