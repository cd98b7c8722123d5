import type { TokenCheck } from '../token-check';

export const tokenSignature: TokenCheck = {
  id: 'token-signature',
  title: 'The good token is signed with a published key and is in time',
  severity: 'high',
  fix: 'Check that the rule and the credential belong to the same issuer, and that its key set is the current one.',
  refs: ['RFC 7515 section 5.2', 'RFC 7519 section 7.2'],
  check({ invalid, unverified }) {
    if (unverified !== undefined) return { status: 'skip', message: unverified };
    return invalid === undefined ? undefined : { status: 'fail', message: invalid };
  },
};
