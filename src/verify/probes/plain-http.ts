import { judge } from '../judge';
import { isLike } from '../likeness';
import type { Attempt, Probe, Seen } from '../probe';

const attempts = (['usual', 'same'] as const).map((port): Attempt => ({
  variant: port === 'usual' ? 'port 80' : 'the port of TLS',
  credential: { kind: 'none' },
  over: 'bytes',
  door: { kind: 'plain', port },
}));

/** The same refusal as over TLS shows that the same gateway reads the request, and would read a token. */
function inspect({ headers, facts, calibration }: Seen): ReturnType<NonNullable<Probe['inspect']>> {
  const { none, unknown } = calibration;
  if (/^https:/i.test(headers['location'] ?? '')) return undefined;
  const rules = { refusals: [], evidence: 'control', emptyIsHarmless: false, intent: 'jwt' } as const;
  if (judge(facts, calibration, rules).kind === 'breach') return 'the call is answered there with what only the authorised caller gets';
  if (none.kind !== 'answer' || !isLike(facts, none)) return undefined;
  if (unknown?.kind === 'answer' && isLike(none, unknown))
    return { idle: 'the gateway refuses as it answers unknown paths, here and there' };
  return 'the call is refused there exactly as over TLS';
}

export const plainHttp: Probe = {
  id: 'plain-http',
  family: 'platform',
  title: 'The API answers over plain HTTP',
  claim: 'closed-to-anonymous',
  severity: 'medium',
  impact: 'safe',
  profile: 'full',
  needs: ['tls'],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 2 },
  evidence: 'inspect',
  twins: ['no-token', 'other-entrance'],
  inspect,
  expected: 'a closed port, or a redirect to https',
  breach: 'The API is served without TLS as well: a client with a wrong address sends its token in clear text, and gets an answer.',
  fix: 'Redirect plain HTTP to https (httpsRedirect of the Gateway), or close the port.',
  refs: ['RFC 6750 section 5.3', 'CWE-319'],
};
