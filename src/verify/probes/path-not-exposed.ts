import { disputedPaths } from '../../model/sample-paths';
import { intentOfPath, type Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

const stranger = 'kyma-guard-not-exposed';

/** Where the same workload often answers as well: other versions, prefixes and forms. */
function neighbours(path: string): string[] {
  const plain = path.replace(/\/$/, '');
  return [
    `/api${path}`,
    `/v1${path}`,
    `/v2${path}`,
    `/internal${path}`,
    `${plain}/1`,
    `${plain}.json`,
    path.replace(/^\/(api|v\d+)\//, '/'),
  ];
}

/** Paths below and beside the sample that no rule of the host exposes, without a token and with the good one. */
function attempts(endpoint: Endpoint): Attempt[] {
  const parent = endpoint.samplePath.replace(/\/[^/]*\/?$/, '');
  const paths = [...new Set([`${endpoint.samplePath.replace(/\/$/, '')}/${stranger}`, `${parent}/${stranger}`])];
  const isClosed = (path: string): boolean => intentOfPath(endpoint, endpoint.method, path) === 'none';
  const call = (kind: 'none' | 'valid', path: string, why = ''): Attempt => ({
    variant: `${path}${why} ${kind === 'none' ? 'without a token' : 'with the good token'}`,
    path,
    credential: { kind },
  });
  const closed = paths.filter(isClosed);
  const near = neighbours(endpoint.samplePath).filter((path) => path !== endpoint.samplePath && isClosed(path));
  return [
    ...closed.map((path) => call('none', path)),
    ...closed.map((path) => call('valid', path)),
    ...disputed(endpoint).map((path) => call('none', path, ', which route and policy read differently,')),
    ...near.map((path) => call('none', path)),
  ];
}

/** What only the route, or only the policy, of the rule takes. */
function disputed(endpoint: Endpoint): string[] {
  return disputedPaths(endpoint.path).filter((path) => intentOfPath(endpoint, endpoint.method, path) !== 'public');
}

export const pathNotExposed: Probe = {
  id: 'path-not-exposed',
  family: 'path',
  title: 'A path that no rule exposes',
  claim: 'closed-to-anonymous',
  severity: 'high',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 3, full: 12 },
  refusals: [405],
  twins: ['no-token'],
  breach: 'More of the workload can be reached than the APIRule names.',
  fix: 'Compare the routes in the cluster with the manifest; look for a second APIRule or VirtualService on the host.',
  refs: ['OWASP API9:2023', 'CWE-425'],
};
