import type { Probe, Seen } from '../probe';

const stranger = 'kyma-guard.invalid';

/** A redirect or link that leads where the client said. */
function inspect({ headers }: Seen): string | undefined {
  const name = ['location', 'content-location', 'link', 'refresh'].find((header) => headers[header]?.includes(stranger));
  return name === undefined ? undefined : `the header ${name} names the host that the client made up`;
}

export const redirectHost: Probe = {
  id: 'redirect-host',
  family: 'routing',
  title: 'A refusal that leads to a host which the client made up',
  claim: 'closed-to-anonymous',
  severity: 'medium',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [
    {
      variant: 'X-Forwarded-Host and the like',
      credential: { kind: 'none' },
      headers: [
        ['X-Forwarded-Host', stranger],
        ['X-Host', stranger],
        ['Forwarded', `host=${stranger};proto=https`],
      ],
    },
    { variant: 'the Host header', credential: { kind: 'none' }, hosts: [stranger], over: 'bytes', intent: 'none' },
  ],
  budget: { smoke: 0, standard: 0, full: 2 },
  evidence: 'inspect',
  twins: [],
  inspect,
  expected: 'a refusal that names no host, or the own one',
  breach:
    'Links and redirects are built from what the client claims: a cache or a mail may carry them to others, whose tokens then go to a stranger.',
  fix: 'Build links from configuration, and overwrite X-Forwarded-Host at the first hop.',
  refs: ['CWE-601', 'CWE-644'],
};
