import type { Attempt, Probe } from '../probe';

function dropping(variant: string, names: readonly string[], headers: NonNullable<Attempt['headers']> = []): Attempt {
  return {
    variant,
    credential: { kind: 'none' },
    over: 'bytes',
    intent: 'none',
    headers: [['Connection', ['close', ...names].join(', ')], ...headers],
  };
}

const garbage: NonNullable<Attempt['headers']> = [['Authorization', 'Bearer not.good.token']];

export const hopByHop: Probe = {
  id: 'hop-by-hop',
  family: 'routing',
  title: 'A Connection header that names what is to be dropped',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [
    dropping('the token', ['Authorization'], garbage),
    dropping('the address of the client', ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'Via']),
    dropping('marks of the gateway', [
      'X-Envoy-External-Address',
      'X-Forwarded-Client-Cert',
      'X-External',
      'X-Edge',
      'X-Gateway',
      'X-Request-Id',
    ]),
    dropping('the path that was checked', ['X-Original-URL', 'X-Forwarded-Uri', 'X-Original-URI', 'X-Forwarded-Method']),
    dropping('the cookie', ['Cookie', 'Host'], [['Cookie', 'session=kyma-guard']]),
  ],
  budget: { smoke: 0, standard: 0, full: 5 },
  twins: ['no-token', 'empty-token', 'garbage-token'],
  breach: 'A header that the check relies on can be taken away by whoever sends the request.',
  fix: 'Refuse a Connection header that names end-to-end headers, and let the absence of a header never mean trust.',
  refs: ['RFC 9110 section 7.6.1', 'CVE-2022-1388', 'CWE-444'],
};
