import type { IssuerCheck } from '../issuer-check';

export const issuerTokenEndpoint: IssuerCheck = {
  id: 'issuer-token-endpoint',
  title: 'The token endpoint gives nothing to strangers',
  severity: 'critical',
  profile: 'full',
  fix: 'Let the issuer refuse clients that it does not know (401), grants that it does not know (400), and GET.',
  refs: ['RFC 6749 sections 3.2 and 5.2', 'RFC 6749 section 2.3.1', 'CWE-306'],
  check({ endpoint = 'was not asked' }) {
    if (typeof endpoint === 'string') return { status: 'skip', message: endpoint };
    const given = endpoint.filter(({ gaveToken }) => gaveToken).map(({ asked }) => asked);
    if (given.length > 0) return { status: 'fail', message: `it gave a token to ${given.join(', and to ')}` };
    const odd = endpoint.filter(({ status }) => status !== undefined && (status < 400 || status >= 500));
    if (odd.length > 0)
      return {
        status: 'warn',
        severity: 'low',
        message: odd.map(({ asked, status }) => `${asked} got status ${status}`).join('; '),
        expected: 'a refusal: 400, 401, 404 or 405',
      };
    const silent = endpoint.filter(({ status }) => status === undefined).map(({ asked }) => asked);
    return silent.length === 0 ? undefined : { status: 'skip', message: `no answer to ${silent.join(', ')}` };
  },
};
