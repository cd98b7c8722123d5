import { intentOfPath, type Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

const doors = [
  ...['/actuator', '/actuator/env', '/metrics', '/debug', '/debug/pprof/', '/swagger.json', '/openapi.json', '/api-docs', '/v3/api-docs'],
  ...['/.env', '/.git/HEAD', '/server-status', '/stats', '/config_dump', '/clusters', '/console', '/graphql', '/admin', '/info', '/env'],
];

/** Usual side doors of a workload, where no rule of the host takes the path for public. */
function attempts(endpoint: Endpoint): Attempt[] {
  return doors
    .filter((path) => path !== endpoint.samplePath && intentOfPath(endpoint, 'GET', path) !== 'public')
    .map((path) => ({ variant: path, path, method: 'GET', credential: { kind: 'none' } }));
}

export const sideDoor: Probe = {
  id: 'side-door',
  family: 'platform',
  title: 'Usual side doors of a workload',
  claim: 'closed-to-anonymous',
  severity: 'high',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 20 },
  refusals: [402, 405, 406, 410, 423, 451],
  twins: ['no-token', 'path-not-exposed'],
  breach: 'Metrics, settings, documentation or an administration page of the workload can be reached from outside.',
  fix: 'Route only what the API needs, and serve such pages on a port that the gateway does not know.',
  refs: ['OWASP API9:2023', 'CWE-425', 'CWE-538'],
};
