import type { Endpoint } from '../endpoint';
import { spelledPaths } from '../spelled-path';
import type { Attempt, Probe } from '../probe';

/** Endings that look public, or that a server cuts off. */
function attempts({ samplePath }: Endpoint): Attempt[] {
  const path = samplePath.replace(/\/$/, '');
  return spelledPaths(samplePath, {
    'a style sheet below it': `${path}/x.css`,
    'ends as a style sheet': `${path}.css`,
    'ends as JSON': `${path}.json`,
    'a health check below it': `${path}/health`,
    'its documentation': `${path}/swagger-ui.html`,
    'an index below it': `${path}/index.html`,
    'a public path behind it': `${path}/public`,
    'a null byte': `${path}%00`,
    'a null byte and an ending': `${path}%00.css`,
    'a line break': `${path}%0a`,
    'a tab': `${path}%09`,
    'a dot': `${path}.`,
    'an ampersand': `${path}&`,
    'a tilde': `${path}~`,
  });
}

export const pathSuffix: Probe = {
  id: 'path-suffix',
  family: 'path',
  title: 'An ending that looks public',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 14 },
  refusals: [405],
  twins: ['no-token', 'path-not-exposed', 'other-sample', 'path-spelling'],
  breach: 'The check exempts paths by how they end, and the workload takes such a path for the protected one.',
  fix: 'Exempt by the whole path, never by an ending or by a part of it; anchor patterns at both ends.',
  refs: ['CVE-2016-5007', 'CWE-625', 'CWE-524'],
};
