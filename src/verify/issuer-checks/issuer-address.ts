import { issuerProblems } from '../../model/issuer';
import type { IssuerCheck } from '../issuer-check';

export const issuerAddress: IssuerCheck = {
  id: 'issuer-address',
  title: 'Issuer and key addresses are https URLs of one tenant',
  severity: 'high',
  fix: 'Give the https addresses of your own tenant, as its discovery document names them.',
  refs: ['RFC 8414 section 2', 'RFC 8725 section 3.10'],
  check({ trust }) {
    const problems = issuerProblems(trust);
    return problems.length === 0 ? undefined : { status: 'fail', message: problems.join('; ') };
  },
};
