import type { IssuerCheck } from '../issuer-check';

export const issuerString: IssuerCheck = {
  id: 'issuer-string',
  title: 'The rule names the issuer exactly as the issuer names itself',
  severity: 'medium',
  fix: 'Copy the member issuer of the discovery document into the rule, trailing slash included.',
  refs: ['RFC 8414 section 3.3', 'RFC 7519 section 4.1.1'],
  check({ trust, discovery }) {
    if (typeof discovery === 'string') return { status: 'skip', message: 'there is no discovery document' };
    if (discovery.issuer === trust.issuer) return undefined;
    return {
      status: 'fail',
      message: 'the rule and the issuer differ, so its tokens are refused',
      expected: discovery.issuer,
      actual: trust.issuer,
    };
  },
};
