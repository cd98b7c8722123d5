import type { Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

const names = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', 'X-Original-Method', 'X-Forwarded-Method'];

function naming(method: string): NonNullable<Attempt['headers']> {
  return names.map((name) => [name, method]);
}

/** A method that is let through, with a header that says the one of the rule, and the other way round. */
function attempts({ method, samplePath, siblings }: Endpoint): Attempt[] {
  const writes = siblings.some((rule) => rule.methods.includes('POST') && rule.matches(samplePath));
  const carriers = ['OPTIONS', 'HEAD', 'POST'].filter((carrier) => carrier !== method && !(carrier === 'POST' && writes));
  return [
    ...carriers.map((carrier): Attempt => ({
      variant: `${carrier} that calls itself ${method}`,
      method: carrier,
      headers: naming(method),
      credential: { kind: 'none' },
      emptyIsHarmless: true,
    })),
    ...['OPTIONS', 'HEAD', 'TRACE'].map((named): Attempt => ({
      variant: `${method} that calls itself ${named}`,
      headers: naming(named),
      credential: { kind: 'none' },
      emptyIsHarmless: true,
    })),
    { variant: `${method} with _method=OPTIONS`, query: '_method=OPTIONS', credential: { kind: 'none' }, emptyIsHarmless: true },
    ...(carriers.includes('POST')
      ? [{ variant: `POST with _method=${method}`, method: 'POST', query: `_method=${method}`, credential: { kind: 'none' } } as const]
      : []),
  ];
}

export const methodOverride: Probe = {
  id: 'method-override',
  family: 'method',
  title: 'A header or parameter that names another method',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 8 },
  refusals: [405, 415, 501],
  evidence: 'control',
  twins: ['no-token', 'method-not-exposed', 'cors-preflight'],
  breach: 'Check and workload see different methods: the check lets a harmless one pass, the workload acts on the one in the header.',
  fix: 'Switch method overriding off, or let it act before the check and route by the result; drop these headers at the gateway.',
  refs: ['OWASP REST Security Cheat Sheet', 'CWE-436', 'CWE-650'],
};
