import { unreachableFix, type IssuerCheck } from '../issuer-check';

export const issuerKeys: IssuerCheck = {
  id: 'issuer-keys',
  title: 'The issuer publishes sound keys, and public parts only',
  severity: 'high',
  fix: 'Replace the keys; a key whose private part was published must be taken out of use at once.',
  refs: ['RFC 7517 section 9.2', 'RFC 8725 section 3.5', 'CVE-2026-31837', 'CVE-2017-15361'],
  check({ keys }) {
    if (typeof keys === 'string') return { status: 'error', message: keys, fix: unreachableFix };
    if (keys.problems.length === 0) return undefined;
    const message = keys.problems.join('; ');
    return { status: 'fail', severity: /secret material|well-known key|ROCA/.test(message) ? 'critical' : 'high', message };
  },
};
