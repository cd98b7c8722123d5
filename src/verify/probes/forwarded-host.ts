import type { Attempt, Probe } from '../probe';

const stranger = 'kyma-guard.invalid';

function claiming(variant: string, headers: NonNullable<Attempt['headers']>): Attempt {
  return { variant, headers, credential: { kind: 'none' } };
}

export const forwardedHost: Probe = {
  id: 'forwarded-host',
  family: 'routing',
  title: 'Headers that claim another host, scheme or port',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [
    claiming('a host of our own', [
      ['X-Forwarded-Host', stranger],
      ['X-Forwarded-Server', stranger],
      ['X-Host', stranger],
      ['Forwarded', `host=${stranger};proto=https`],
    ]),
    claiming('this machine', [
      ['X-Forwarded-Host', 'localhost'],
      ['X-Forwarded-Port', '8080'],
    ]),
    claiming('clear text', [
      ['X-Forwarded-Proto', 'http'],
      ['X-Forwarded-Scheme', 'http'],
      ['X-Forwarded-Ssl', 'off'],
    ]),
    claiming('TLS', [
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Port', '443'],
      ['Front-End-Https', 'on'],
    ]),
  ],
  budget: { smoke: 0, standard: 0, full: 4 },
  twins: ['no-token'],
  breach: 'The check is switched off for a host, scheme or port that the client only claims.',
  fix: 'Overwrite X-Forwarded-Host, -Proto and -Port at the first hop, and let no check depend on them.',
  refs: ['CWE-644', 'CWE-290', 'RFC 7239 section 8'],
};
