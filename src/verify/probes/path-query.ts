import type { Endpoint } from '../endpoint';
import { spelledPaths } from '../spelled-path';
import type { Attempt, Probe } from '../probe';

/** Marks that end a path, or that only one side takes for such. */
function attempts({ samplePath, hints, publicPaths: [publicPath = '/health'] = [] }: Endpoint): Attempt[] {
  // A query of the hints would stand behind the second question mark.
  const plain = hints.query === undefined;
  return spelledPaths(samplePath, {
    'a fragment': `${samplePath}#`,
    'a fragment that looks public': `${samplePath}#/health`,
    'a public path with the protected one as its fragment': `${publicPath}#${samplePath}`,
    'an encoded fragment': `${samplePath}%23`,
    'an encoded question mark': `${samplePath}%3f`,
    'an encoded question mark and an ending': `${samplePath}%3f.css`,
    ...(plain && {
      'an empty query': `${samplePath}?`,
      'a query that looks public': `${samplePath}?/health`,
      'a query with a public ending': `${samplePath}?x=.css`,
      'two question marks': `${samplePath}??`,
    }),
  });
}

export const pathQuery: Probe = {
  id: 'path-query',
  family: 'path',
  title: 'Query and fragment that change how the path is read',
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
  twins: ['no-token', 'path-not-exposed', 'path-spelling'],
  breach: 'The check compares path and query as one text, or does not know where the path ends.',
  fix: 'Compare the path alone, cut at the first question mark, and refuse a request target with a fragment.',
  refs: ['RFC 9112 section 3.2', 'CVE-2021-32779', 'CVE-2021-39156', 'CWE-436'],
};
