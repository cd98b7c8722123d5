import type { Endpoint } from '../endpoint';
import type { Probe, Seen } from '../probe';

const origin = 'https://kyma-guard.invalid';

/** A grant to an origin that nobody allowed, if there is one. */
function inspect({ endpoint, headers }: Seen): string | undefined {
  const allowed = headers['access-control-allow-origin'];
  const credentials = headers['access-control-allow-credentials']?.toLowerCase() === 'true';
  if (allowed !== origin && allowed !== '*') return undefined;
  if (allowedByRule(endpoint)) return undefined;
  if (endpoint.cors && allowed === origin) return 'the answer allows an origin that the CORS policy of the rule does not list';
  return allowed === origin && credentials ? 'the answer allows any origin, with credentials' : undefined;
}

/** Regular expressions are left to the gateway: where the rule has one, its grants are not judged. */
function allowedByRule({ cors }: Endpoint): boolean {
  return (cors?.allowOrigins ?? []).some(({ match, value }) =>
    match === 'regex' ? true : match === 'prefix' ? origin.startsWith(value) : value === origin || value === '*',
  );
}

export const corsPreflight: Probe = {
  id: 'cors-preflight',
  family: 'platform',
  title: 'A CORS preflight from an unknown origin',
  claim: 'closed-to-anonymous',
  severity: 'high',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [
    {
      variant: 'OPTIONS with Origin',
      method: 'OPTIONS',
      credential: { kind: 'none' },
      emptyIsHarmless: true,
      headers: [
        ['Origin', origin],
        ['Access-Control-Request-Method', 'GET'],
        ['Access-Control-Request-Headers', 'authorization'],
      ],
    },
  ],
  budget: { smoke: 0, standard: 1, full: 1 },
  refusals: [405, 501],
  evidence: 'control',
  twins: ['no-token'],
  inspect,
  breach: 'A preflight, which never carries a token, returns data or lets foreign pages call the API in a user’s name.',
  fix: 'Answer preflights at the gateway, without data, and list the origins in corsPolicy.',
  refs: ['Fetch standard, CORS-preflight fetch', 'CWE-942'],
};
