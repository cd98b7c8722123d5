import type { Endpoint } from '../endpoint';
import { spelledPaths } from '../spelled-path';
import type { Attempt, Probe } from '../probe';

/** Names that are public at many workloads; the public rules of the host go before them. */
const usual = ['/health', '/public', '/static', '/login'];

/** From a public path up again to the protected one. */
function attempts(endpoint: Endpoint): Attempt[] {
  const { samplePath } = endpoint;
  const prefixes = [...new Set([...(endpoint.publicPaths ?? []), ...usual])].slice(0, 5);
  const ways = (prefix: string): Record<string, string> => {
    const up = '/..'.repeat(prefix.split('/').length - 1);
    return {
      [`from ${prefix}`]: `${prefix}${up}${samplePath}`,
      [`from ${prefix}, encoded`]: `${prefix}${up.replaceAll('..', '%2e%2e')}${samplePath}`,
      [`from ${prefix}, with parameters`]: `${prefix}${up.replaceAll('..', '..;')}${samplePath}`,
      [`from ${prefix}, with encoded slashes`]: `${prefix}${up.replaceAll('/..', '/..%2f').replaceAll('%2f/', '%2f')}${samplePath.slice(1)}`,
      [`below ${prefix}`]: `${prefix}${samplePath}`,
      [`from ${prefix}, encoded twice`]: `${prefix}${up.replaceAll('..', '%252e%252e')}${samplePath}`,
    };
  };
  return spelledPaths(samplePath, Object.assign({}, ...prefixes.map(ways)) as Record<string, string>);
}

export const publicPrefix: Probe = {
  id: 'public-prefix',
  family: 'path',
  title: 'From a public path up to the protected one',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 30 },
  refusals: [405],
  evidence: 'control',
  twins: ['no-token', 'path-not-exposed', 'path-dots', 'path-parameters', 'path-separators'],
  breach: 'A path that begins in a public folder is exempt from the check, and the workload leaves that folder again.',
  fix: 'Resolve the path before it is compared with public prefixes; list public paths in full.',
  refs: ['CVE-2019-9901', 'GHSA-3q34-rx83-r6mq', 'CWE-22'],
};
