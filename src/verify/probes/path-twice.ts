import type { Endpoint } from '../endpoint';
import { spelledPaths } from '../spelled-path';
import type { Attempt, Probe } from '../probe';

/** Two tricks in one path, for chains in which each hop undoes one. */
function attempts({ samplePath }: Endpoint): Attempt[] {
  const letter = samplePath.search(/[a-z]/i);
  const encoded = (path: string, times: 1 | 2): string =>
    letter < 0
      ? path
      : `${path.slice(0, letter)}%${times === 2 ? '25' : ''}${path.charCodeAt(letter).toString(16)}${path.slice(letter + 1)}`;
  const upper = samplePath.toUpperCase();
  return spelledPaths(samplePath, {
    'repeated slash and encoded letter': `/${encoded(samplePath, 1)}`,
    'repeated slash and trailing slash': `/${samplePath}/`,
    'capitals and trailing slash': `${upper}/`,
    'capitals and repeated slash': `/${upper}`,
    'detour and repeated slash': `/kyma-guard/../${samplePath}`,
    'detour and capitals': `/kyma-guard/..${upper}`,
    'encoded detour and parameter': `/kyma-guard/%2e%2e;x${samplePath}`,
    'detour encoded twice and encoded letter': `/kyma-guard/%252e%252e${encoded(samplePath, 1)}`,
    'letter encoded twice and trailing slash': `${encoded(samplePath, 2)}/`,
    'parameter and trailing slash': `${samplePath};x/`,
    'repeated slash and ending': `/${samplePath}/x.css`,
  });
}

export const pathTwice: Probe = {
  id: 'path-twice',
  family: 'path',
  title: 'Two tricks in one path',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 11 },
  refusals: [405],
  twins: [
    'no-token',
    'path-not-exposed',
    'path-spelling',
    'path-dots',
    'path-parameters',
    'path-letters',
    'path-suffix',
    'path-separators',
  ],
  breach: 'Gateway and workload each undo a part of the spelling, and only together they arrive at the protected path.',
  fix: 'Normalize once, at the first hop, hand on the normalized path only, and refuse what is not in normal form.',
  refs: ['CVE-2021-41773', 'CWE-436', 'CWE-174'],
};
