import type { Endpoint } from '../endpoint';
import { spelledPaths } from '../spelled-path';
import type { Attempt, Probe } from '../probe';

/** Parameters of path segments, which some servers cut off before they look. */
function attempts({ samplePath }: Endpoint): Attempt[] {
  const at = samplePath.lastIndexOf('/', samplePath.length - 2);
  const [start, end] = [samplePath.slice(0, at), samplePath.slice(at)];
  return spelledPaths(samplePath, {
    'behind it': `${samplePath};x=1`,
    'an empty one behind it': `${samplePath};`,
    'a segment of nothing else': `/;${samplePath}`,
    'of two dots': `/kyma-guard/..;${samplePath}`,
    'of two dots at the root': `/..;${samplePath}`,
    'of a dot': `/.;x${samplePath}`,
    'of the segment before': `${start};x=1${end}`,
    encoded: `${samplePath}%3bx=1`,
    'with a public ending': `${samplePath};.css`,
    'a session': `${samplePath};jsessionid=1`,
  });
}

export const pathParameters: Probe = {
  id: 'path-parameters',
  family: 'path',
  title: 'Parameters inside the path',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 10 },
  refusals: [405],
  twins: ['no-token', 'path-not-exposed', 'path-spelling', 'path-dots'],
  breach: 'The workload cuts off what stands behind a semicolon, the check does not: to it, the path is another one.',
  fix: 'Refuse semicolons in paths at the gateway, or compare the path after the parameters were taken off.',
  refs: ['RFC 3986 section 3.3', 'CVE-2026-73511', 'CVE-2026-73551', 'CWE-436'],
};
