import type { Endpoint } from '../endpoint';
import type { Attempt, Probe, Seen } from '../probe';

function originOf({ headers = [] }: Attempt): string {
  return headers.find(([name]) => name === 'Origin')?.[1] ?? '';
}

/** A grant with credentials to an origin that nobody listed. */
function inspect({ endpoint, attempt, headers }: Seen): string | undefined {
  const origin = originOf(attempt);
  const credentials = headers['access-control-allow-credentials']?.toLowerCase() === 'true';
  if (headers['access-control-allow-origin'] !== origin || !credentials) return undefined;
  const listed = (endpoint.cors?.allowOrigins ?? []).some(
    ({ match, value }) => match === 'regex' || (match === 'prefix' && origin.startsWith(value)) || value === origin || value === '*',
  );
  return listed ? undefined : `the answer allows the origin ${origin}, with credentials`;
}

/** Origins that look like an allowed one, or like none at all. */
function attempts({ cors, host }: Endpoint): Attempt[] {
  const allowed = cors?.allowOrigins.find(({ match }) => match === 'exact')?.value ?? `https://${host}`;
  const known = /^https?:\/\//.test(allowed) ? allowed : `https://${host}`;
  const origins: Readonly<Record<string, string>> = {
    'a stranger': 'https://kyma-guard.invalid',
    'no origin of its own': 'null',
    'one that begins like an allowed one': `${known}.kyma-guard.invalid`,
    'one that ends like an allowed one': known.replace('://', '://kyma-guard-'),
  };
  return Object.entries(origins).map(([variant, origin]) => ({
    variant: `from ${variant}`,
    headers: [['Origin', origin]],
    credential: { kind: 'valid' },
  }));
}

export const corsResponse: Probe = {
  id: 'cors-response',
  family: 'platform',
  title: 'The good call from the page of a stranger',
  claim: 'protected',
  severity: 'medium',
  impact: 'safe',
  profile: 'full',
  needs: ['token'],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 4 },
  evidence: 'inspect',
  twins: ['cors-preflight'],
  inspect,
  expected: 'no Access-Control-Allow-Origin for this origin, or none with credentials',
  breach: 'Pages of strangers may read what the API says to a user who is signed in.',
  fix: 'List the origins in corsPolicy, compare them as a whole, and leave allowCredentials off at an API that takes bearer tokens.',
  refs: ['Fetch standard, CORS protocol', 'CWE-942'],
};
