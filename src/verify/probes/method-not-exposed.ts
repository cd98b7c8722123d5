import { isWriting, type Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

const candidates = [
  'HEAD',
  'PUT',
  'PATCH',
  'POST',
  'GET',
  'OPTIONS',
  'TRACE',
  'DELETE',
  'PROPFIND',
  'SEARCH',
  'QUERY',
  'REPORT',
  'LOCK',
  'LINK',
  'COPY',
  'PURGE',
  'MKCOL',
  'KYMAGUARD',
];
const quiet = new Set(['OPTIONS', 'TRACE']);

/** Methods that no rule of the host exposes at this path. */
function attempts(endpoint: Endpoint): Attempt[] {
  const exposed = endpoint.siblings.filter((rule) => rule.matches(endpoint.samplePath)).flatMap(({ methods }) => methods);
  return candidates
    .filter((method) => !exposed.includes(method))
    .map((method) => ({
      variant: method,
      method,
      credential: { kind: 'none' },
      ...(quiet.has(method) && { emptyIsHarmless: true, evidence: 'control' as const }),
      ...(isWriting(method) && { headers: [['Content-Type', 'application/x-kyma-guard']] }),
    }));
}

export const methodNotExposed: Probe = {
  id: 'method-not-exposed',
  family: 'method',
  title: 'A method that no rule exposes',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  on: 'any',
  attempts,
  budget: { smoke: 0, standard: 4, full: 18 },
  refusals: [405, 406, 415, 501],
  twins: ['no-token'],
  breach: 'The protection holds only for the listed methods; another one reaches the workload without a token.',
  fix: 'Route per method, and deny what no rule names.',
  refs: ['CWE-650', 'OWASP WSTG-CONF-06'],
};
