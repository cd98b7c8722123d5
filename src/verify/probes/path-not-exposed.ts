import { intentOfPath, type Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

const stranger = 'kyma-guard-not-exposed';

/** Paths below and beside the sample that no rule of the host exposes, without a token and with the good one. */
function attempts(endpoint: Endpoint): Attempt[] {
  const parent = endpoint.samplePath.replace(/\/[^/]*\/?$/, '');
  const paths = [...new Set([`${endpoint.samplePath.replace(/\/$/, '')}/${stranger}`, `${parent}/${stranger}`])];
  const closed = paths.filter((path) => intentOfPath(endpoint, endpoint.method, path) === 'none');
  return (['none', 'valid'] as const).flatMap((kind) =>
    closed.map((path): Attempt => ({
      variant: `${path} ${kind === 'none' ? 'without a token' : 'with the good token'}`,
      path,
      credential: { kind },
    })),
  );
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
  budget: { smoke: 0, standard: 3, full: 4 },
  refusals: [405],
  twins: ['no-token'],
  breach: 'More of the workload can be reached than the APIRule names.',
  fix: 'Compare the routes in the cluster with the manifest; look for a second APIRule or VirtualService on the host.',
  refs: ['OWASP API9:2023', 'CWE-425'],
};
