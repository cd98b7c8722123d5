import type { Attempt, Probe } from '../probe';

const texts: Readonly<Record<string, string>> = {
  'three words': 'not.good.token',
  'one word': 'kyma-guard',
  'two dots': '..',
  'JSON null in each part': 'bnVsbA.bnVsbA.bnVsbA',
  'two parts': 'e30.e30',
  'five parts': 'e30.e30.e30.e30.e30',
  'arrays for objects': 'W10.W10.W10',
  'invalid UTF-8': '_____w._____w._____w',
  'four parts': 'e30.e30.e30.e30',
  'standard base64': 'e30=.e30=.+/+/',
  'no base64 at all': '{}.{}.{}',
  'JSON texts': 'IngiLg.IngiLg.IngiLg',
  'numbers for objects': 'MQ.MQ.MQ',
  'lone surrogates': 'Ilx1ZDgwMCI.Ilx1ZDgwMCI.AA',
  'a dot': '.',
  '6 kB of one letter': 'A'.repeat(6144),
};

const attempts = Object.entries(texts).map(([variant, text]): Attempt => ({ variant, credential: { kind: 'text', text } }));

export const garbageToken: Probe = {
  id: 'garbage-token',
  family: 'token',
  title: 'A text that is no token',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: true,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 3, full: 16 },
  twins: ['no-token'],
  breach: 'Any text in the place of a token opens the route.',
  fix: 'Verify the token before the request is forwarded, and refuse when the verifier fails in any way.',
  refs: ['RFC 7519 section 7.2', 'CWE-636'],
};
