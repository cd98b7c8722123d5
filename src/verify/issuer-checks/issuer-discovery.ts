import { unreachableFix, type IssuerCheck } from '../issuer-check';

export const issuerDiscovery: IssuerCheck = {
  id: 'issuer-discovery',
  title: 'The issuer publishes a discovery document',
  severity: 'low',
  fix: 'Check the issuer address; without the document the rule cannot be compared with what the issuer says.',
  refs: ['RFC 8414 section 3', 'OpenID Connect Discovery 1.0 section 4'],
  check({ discovery, keys }) {
    if (typeof discovery !== 'string') return undefined;
    return typeof keys === 'string' ? { status: 'error', message: discovery, fix: unreachableFix } : { status: 'warn', message: discovery };
  },
};
