import type { Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

const names = [
  ...['X-Original-URL', 'X-Rewrite-URL', 'X-Original-URI', 'X-Override-URL', 'X-Envoy-Original-Path', 'X-Forwarded-Uri'],
  ...[
    'X-Forwarded-Path',
    'X-Forwarded-Prefix',
    'X-Auth-Request-Redirect',
    'X-Envoy-Original-Dst-Host',
    'Destination',
    'X-HTTP-DestinationURL',
  ],
];

function naming(path: string): NonNullable<Attempt['headers']> {
  return names.map((name) => [name, path]);
}

/** The protected path under a public name, and a public path that names the protected one. */
function attempts({ samplePath, publicPaths = [] }: Endpoint): Attempt[] {
  const [publicPath = '/health'] = publicPaths;
  const places = [...new Set([publicPath, '/', '/health'])];
  return [
    { variant: `the protected path, called ${publicPath}`, headers: naming(publicPath), credential: { kind: 'none' } },
    ...places.map((path): Attempt => {
      const without: Attempt = { variant: path, path, credential: { kind: 'none' } };
      return { ...without, variant: `${path}, called the protected path`, headers: naming(samplePath), intent: 'none', without };
    }),
    { variant: 'the protected path, called /', headers: naming('/'), credential: { kind: 'none' } },
  ];
}

export const rewriteHeader: Probe = {
  id: 'rewrite-header',
  family: 'routing',
  title: 'A header that names another path',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 2, full: 5 },
  refusals: [405],
  evidence: 'control',
  twins: ['no-token'],
  breach: 'The check looks at one path and the router at another, and the client chooses both.',
  fix: 'Remove headers that rewrite the path at the first hop; let a forward-auth check see only what the proxy itself writes.',
  refs: ['CVE-2018-14773', 'CVE-2023-27487', 'CWE-436'],
};
