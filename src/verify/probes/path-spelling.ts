import type { Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

/** The protected path, written otherwise: the gateway may take it for another one, the workload may not. */
function attempts({ samplePath }: Endpoint): Attempt[] {
  const letter = samplePath.search(/[a-zA-Z](?=[^/]*\/?$)/);
  const start = samplePath.lastIndexOf('/', samplePath.length - 2);
  const spellings: Record<string, string> = {
    'trailing slash': samplePath.endsWith('/') ? samplePath.slice(0, -1) : `${samplePath}/`,
    'repeated slash': `${samplePath.slice(0, start)}/${samplePath.slice(start)}`,
    'letter case': swapCase(samplePath, letter),
    'encoded letter':
      letter < 0
        ? samplePath
        : `${samplePath.slice(0, letter)}%${samplePath.charCodeAt(letter).toString(16)}${samplePath.slice(letter + 1)}`,
    'trailing blank': `${samplePath}%20`,
    'all capitals': samplePath.toUpperCase(),
    'repeated slash at the end': `${samplePath}//`,
  };
  return Object.entries(spellings)
    .filter(([, path]) => path !== samplePath && path !== '')
    .map(([variant, path]) => ({ variant, path, credential: { kind: 'none' } }));
}

function swapCase(path: string, at: number): string {
  if (at < 0) return path;
  const letter = path.charAt(at);
  const swapped = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
  return path.slice(0, at) + swapped + path.slice(at + 1);
}

export const pathSpelling: Probe = {
  id: 'path-spelling',
  family: 'path',
  title: 'The protected path, spelled otherwise',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 5, full: 7 },
  refusals: [405],
  twins: ['no-token', 'path-not-exposed'],
  breach: 'Gateway and workload read the path differently: a spelling that the rule does not cover returns the protected content.',
  fix: 'Compare the exact path in the workload, and keep public catch-all rules away from workloads with protected paths.',
  refs: ['CWE-178', 'CWE-436', 'RFC 3986 section 6.2.2'],
};
