import { intentOfStrange, type Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

/** The forms of a request target that clients do not use. */
function attempts(endpoint: Endpoint): Attempt[] {
  const { samplePath, host, hints } = endpoint;
  const intent = intentOfStrange(endpoint);
  const path = `${samplePath}${hints.query === undefined ? '' : `?${hints.query}`}`;
  const targets: Readonly<Record<string, string>> = {
    'absolute form': `http://${host}${path}`,
    'absolute form of TLS': `https://${host}${path}`,
    'absolute form, scheme in capitals': `HTTP://${host}${path}`,
    'absolute form with a user': `http://kyma:guard@${host}${path}`,
    'absolute form of another host': `http://kyma-guard.invalid${path}`,
    'absolute form of this machine': `http://localhost${path}`,
    'absolute form of another scheme': `ftp://${host}${path}`,
    'no slash at the start': path.slice(1),
    'a host without scheme': `//${host}${path}`,
    'absolute form inside a path': `/http://${host}${path}`,
    'a blank behind it': `${path} `,
    'two blanks before it': ` ${path}`,
  };
  return Object.entries(targets).map(([variant, target]) => ({
    variant,
    target,
    over: 'bytes',
    intent,
    credential: { kind: 'none' },
  }));
}

export const requestTarget: Probe = {
  id: 'request-target',
  family: 'path',
  title: 'Another form of the request target',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 12 },
  refusals: [405, 421],
  evidence: 'control',
  twins: ['no-token', 'path-not-exposed', 'path-spelling'],
  breach: 'The check reads the request target as a plain path; in absolute form, or without a slash, it is another one to it.',
  fix: 'Take the target apart as RFC 9112 says before the check, and refuse forms that are not meant for an origin server.',
  refs: ['RFC 9112 section 3.2', 'CVE-2023-35944', 'CVE-2026-112362', 'CWE-436'],
};
