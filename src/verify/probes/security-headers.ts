import type { Probe, Seen } from '../probe';

/** What is missing from a good answer, or too much in it. */
function inspect({ headers, secure, status }: Seen): string | undefined {
  if (status >= 400) return undefined;
  const banner = ['server', 'x-powered-by', 'x-aspnet-version'].find((name) => /\d/.test(headers[name] ?? ''));
  const cached = /\b(public|s-maxage)\b/.test(headers['cache-control'] ?? '');
  const notes = [
    ...(secure && headers['strict-transport-security'] === undefined ? ['no Strict-Transport-Security'] : []),
    ...(headers['x-content-type-options'] === undefined ? ['no X-Content-Type-Options'] : []),
    ...(cached ? ['Cache-Control lets shared caches keep it'] : []),
    ...(banner === undefined ? [] : [`${banner} names a version`]),
  ];
  return notes.length === 0 ? undefined : notes.join(', ');
}

export const securityHeaders: Probe = {
  id: 'security-headers',
  family: 'platform',
  title: 'Security headers of the good answer',
  claim: 'protected',
  severity: 'info',
  impact: 'safe',
  profile: 'full',
  needs: ['token'],
  core: false,
  per: 'endpoint',
  attempts: [{ variant: 'the good call', credential: { kind: 'valid' } }],
  budget: { smoke: 0, standard: 0, full: 1 },
  evidence: 'inspect',
  twins: [],
  inspect,
  expected: 'Strict-Transport-Security over TLS, X-Content-Type-Options: nosniff, no shared caching, no versions',
  breach: 'A note, no hole: browsers and caches are not told to be careful with the answer.',
  fix: 'Set the headers at the gateway (response headers of the APIRule), and take versions out.',
  refs: ['RFC 6797', 'OWASP Secure Headers Project', 'RFC 9111 section 5.2.2'],
};
