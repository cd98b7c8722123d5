import type { Endpoint } from '../endpoint';
import { spelledPaths } from '../spelled-path';
import type { Attempt, Probe } from '../probe';

/** Dot segments in plain and encoded form, around the protected path. */
function attempts({ samplePath }: Endpoint): Attempt[] {
  const at = samplePath.lastIndexOf('/', samplePath.length - 2);
  const [start, end] = [samplePath.slice(0, at), samplePath.slice(at)];
  return spelledPaths(samplePath, {
    'a dot before it': `/.${samplePath}`,
    'down and up again': `/kyma-guard/..${samplePath}`,
    'encoded: down and up again': `/kyma-guard/%2e%2e${samplePath}`,
    'a dot behind it': `${samplePath}/.`,
    'down and up inside it': `${start}/kyma-guard/..${end}`,
    'encoded dot before it': `/%2e${samplePath}`,
    'half encoded': `/kyma-guard/.%2e${samplePath}`,
    'encoded twice': `/kyma-guard/%252e%252e${samplePath}`,
    'all of it encoded twice': `/kyma-guard/%25%32%65%25%32%65${samplePath}`,
    'above the root': `/..${samplePath}`,
    'behind it and up again': `${samplePath}/kyma-guard/..`,
  });
}

export const pathDots: Probe = {
  id: 'path-dots',
  family: 'path',
  title: 'Dot segments in the path',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 2, full: 11 },
  refusals: [405],
  twins: ['no-token', 'path-not-exposed', 'path-spelling'],
  breach: 'The workload resolves dot segments that the check does not: a detour leads around the protection.',
  fix: 'Resolve dot segments, plain and encoded, before the check, and refuse paths that still hold any (normalize_path of Envoy, pathNormalization of Istio).',
  refs: ['RFC 3986 section 5.2.4', 'CVE-2019-9901', 'CWE-22', 'CWE-436'],
};
