import type { Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

/** Good calls, and the same call without a token behind them. Every URL is used for one attempt only. */
function attempts({ samplePath }: Endpoint): Attempt[] {
  const place = (variant: string, query: string, suffix = ''): Attempt => {
    const call = { query, ...(suffix !== '' && { path: `${samplePath.replace(/\/$/, '')}${suffix}` }) };
    const good: Attempt = { variant: 'the good call', credential: { kind: 'valid' }, ...call };
    return { variant, credential: { kind: 'none' }, ...call, before: { attempts: [good], how: 'apart' } };
  };
  const text: Attempt['credential'] = { kind: 'text', text: 'not.good.token' };
  return [
    place('the same call without a token', 'kyma-guard-cache=1'),
    { ...place('the same call over another connection', 'kyma-guard-cache=2'), fresh: true },
    { ...place('the same call with a text that is no token', 'kyma-guard-cache=3'), credential: text },
    place('the same call below a public ending', 'kyma-guard-cache=4', '/x.css'),
  ];
}

export const cachedAnswer: Probe = {
  id: 'cached-answer',
  family: 'platform',
  title: 'A call without a token behind a good one of the same URL',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: ['token', 'control'],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 8 },
  refusals: [405],
  evidence: 'control',
  twins: ['no-token', 'garbage-token', 'path-not-exposed', 'path-suffix', 'connection-reuse'],
  breach: 'An answer or a decision for an authorised caller is kept and given to whoever asks next.',
  fix: 'Cache behind the check only, or mark authorised answers Cache-Control: private, no-store and vary by Authorization.',
  refs: ['RFC 9111 section 3.5', 'CWE-524', 'CWE-525'],
};
