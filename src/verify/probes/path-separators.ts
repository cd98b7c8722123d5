import type { Endpoint } from '../endpoint';
import { spelledPaths } from '../spelled-path';
import type { Attempt, Probe } from '../probe';

/** Other characters in the place of a slash. */
function attempts({ samplePath }: Endpoint): Attempt[] {
  const at = samplePath.lastIndexOf('/', samplePath.length - 2);
  const [start, end] = [samplePath.slice(0, at), samplePath.slice(at + 1)];
  return spelledPaths(samplePath, {
    'encoded slash': `${start === '' ? '/' : start}%2f${end}`,
    backslash: `${start}\\${end}`,
    'encoded backslash': `${start === '' ? '/' : start}%5c${end}`,
    'slash encoded twice': `${start === '' ? '/' : start}%252f${end}`,
    'slash and backslash': `${start}/\\${end}`,
    'slash and encoded slash': `${start}/%2f${end}`,
    'encoded slash at the end': `${samplePath}%2f`,
    'backslash at the end': `${samplePath}\\`,
  });
}

export const pathSeparators: Probe = {
  id: 'path-separators',
  family: 'path',
  title: 'Encoded slashes and backslashes in the path',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 8 },
  refusals: [405],
  twins: ['no-token', 'path-not-exposed', 'path-spelling'],
  breach: 'The workload takes an encoded slash or a backslash for a slash, the check does not.',
  fix: 'Refuse %2F, %5C and backslashes at the gateway, or fold them there (DECODE_AND_MERGE_SLASHES of Istio), and never decode a path twice.',
  refs: ['CVE-2021-29492', 'RFC 3986 section 2.4', 'CWE-436'],
};
