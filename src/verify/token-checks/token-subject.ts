import type { TokenCheck } from '../token-check';

export const tokenSubject: TokenCheck = {
  id: 'token-subject',
  title: 'The good token has a subject',
  severity: 'medium',
  fix: 'Let the issuer set sub; Istio makes the request principal of iss and sub and refuses a token without it.',
  refs: ['RFC 7519 section 4.1.2'],
  check({ claims }) {
    const { sub } = claims;
    return typeof sub === 'string' && sub !== ''
      ? undefined
      : { status: 'fail', message: 'the gateway refuses it: sub is missing, empty or no text' };
  },
};
