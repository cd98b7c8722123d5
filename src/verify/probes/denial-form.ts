import type { Probe, Seen } from '../probe';

/** Denials that do not look like one, and a 401 that does not say how to sign in. */
function inspect({ status, headers }: Seen): string | undefined {
  if (status < 300) return `a call without a token is refused under status ${status}`;
  if (status < 400) return `a call without a token is redirected (${status})`;
  return status === 401 && headers['www-authenticate'] === undefined ? 'a 401 comes without WWW-Authenticate' : undefined;
}

export const denialForm: Probe = {
  id: 'denial-form',
  family: 'platform',
  title: 'The form of a refusal',
  claim: 'closed-to-anonymous',
  severity: 'info',
  impact: 'safe',
  profile: 'full',
  needs: ['control'],
  core: false,
  per: 'endpoint',
  attempts: [{ variant: 'no token', credential: { kind: 'none' } }],
  budget: { smoke: 0, standard: 0, full: 1 },
  evidence: 'inspect',
  twins: ['no-token'],
  inspect,
  expected: '401 with a Bearer challenge, 403, or 404 to hide the route',
  breach: 'A note, no hole: clients and monitoring cannot tell a refusal from a success or from a page.',
  fix: 'Refuse with 401 and WWW-Authenticate: Bearer, or with 403.',
  refs: ['RFC 6750 section 3', 'RFC 9110 section 15.5.2'],
};
