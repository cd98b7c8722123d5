import type { Attempt, Probe } from '../probe';

const garbage = 'not.good.token';
const bearer = `Bearer ${garbage}`;

function twice(variant: string, ...values: readonly string[]): Attempt {
  return { variant, credential: { kind: 'none' }, over: 'bytes', intent: 'none', headers: values.map((value) => ['Authorization', value]) };
}

export const repeatedAuthorization: Probe = {
  id: 'repeated-authorization',
  family: 'transport',
  title: 'Several Authorization headers, none of them good',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [
    twice('two lines with garbage', bearer, bearer),
    twice('an empty line, then garbage', '', bearer),
    twice('garbage, then an empty line', bearer, ''),
    twice('Basic, then garbage', 'Basic Og==', bearer),
    twice('a list in one line', `${bearer}, ${bearer}`),
    { ...twice('a line and a parameter', bearer), query: `access_token=${garbage}` },
  ],
  budget: { smoke: 0, standard: 0, full: 6 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'other-scheme', 'query-token', 'authorization-spelling'],
  breach: 'More than one Authorization header is more than the check can read, and then it lets the call pass.',
  fix: 'Refuse a request with more than one token with 400 or 401.',
  refs: ['RFC 9110 section 5.3', 'CVE-2020-25017', 'CVE-2021-32777', 'CWE-436'],
};
