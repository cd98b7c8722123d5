import type { TokenCheck } from '../token-check';

export const tokenIssuer: TokenCheck = {
  id: 'token-issuer',
  title: 'The good token names the issuer of the rule',
  severity: 'medium',
  fix: 'Put the iss of the token into the rule, character by character.',
  refs: ['RFC 7519 section 4.1.1'],
  check({ trust, claims }) {
    const { iss } = claims;
    if (iss === trust.issuer) return undefined;
    return {
      status: 'fail',
      message: 'the gateway refuses it: the issuer is another one',
      expected: trust.issuer,
      actual: typeof iss === 'string' ? iss : 'no iss',
    };
  },
};
