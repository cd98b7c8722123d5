import type { Attempt, Before, Probe } from '../probe';

const control: Attempt = { variant: 'the good call', credential: { kind: 'valid' } };

function after(variant: string, over: 'bytes' | 'h2', how: Before['how']): Attempt {
  return { variant, credential: { kind: 'none' }, over, before: { attempts: [{ ...control, over }], how } };
}

export const connectionReuse: Probe = {
  id: 'connection-reuse',
  family: 'platform',
  title: 'A call without a token behind a good one, over the same connection',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: ['token'],
  core: false,
  per: 'endpoint',
  attempts: [
    after('the next request of a kept connection', 'bytes', 'connection'),
    after('the next stream of an HTTP/2 connection', 'h2', 'connection'),
    after('a request pipelined behind it', 'bytes', 'pipelined'),
  ],
  budget: { smoke: 0, standard: 4, full: 6 },
  twins: ['no-token', 'http2'],
  breach: 'The decision is taken once per connection: whoever shares one with an authorised caller, as behind a proxy, gets in.',
  fix: 'Decide for each request and each stream by its own token, never by the connection it comes over.',
  refs: ['CWE-290', 'RFC 9113 section 5', 'RFC 9112 section 9.3'],
};
