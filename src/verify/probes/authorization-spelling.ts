import type { Attempt, Probe } from '../probe';

const garbage = 'not.good.token';
type Lines = NonNullable<Attempt['headers']>;

/** One Authorization header in an odd spelling, byte for byte. */
const spellings: Readonly<Record<string, Lines>> = {
  'a blank before the colon': [['Authorization ', `Bearer ${garbage}`]],
  'a tab for the blank': [['Authorization', `Bearer\t${garbage}`]],
  'an underscore behind the name': [['Authorization_', `Bearer ${garbage}`]],
  'a folded line': [['Authorization', `Bearer\r\n ${garbage}`]],
  'a comma for the blank': [['Authorization', `Bearer,${garbage}`]],
  'quotes around the token': [['Authorization', `Bearer "${garbage}"`]],
  'blanks before the scheme': [['Authorization', `   Bearer ${garbage}`]],
  'a no-break space': [['Authorization', `Bearer\u00a0${garbage}`]],
  'a vertical tab before the colon': [['Authorization\u000b', `Bearer ${garbage}`]],
  'a semicolon behind the token': [['Authorization', `Bearer ${garbage};`]],
  'all capitals': [['AUTHORIZATION', `BEARER ${garbage}`]],
  'a byte beyond ASCII': [['Authorization', `Bearer ${garbage}\u00ff`]],
};

/** Tokens of our own key, where the check may see none and the workload one. */
const prefixes: Readonly<Record<string, string>> = {
  'bearer in small letters': 'bearer ',
  'two blanks before it': 'Bearer  ',
  'a tab before it': 'Bearer\t',
  'BEARER in capitals': 'BEARER ',
};

const spelled = Object.entries(spellings).map(([variant, headers]): Attempt => ({
  variant,
  credential: { kind: 'none' },
  over: 'bytes',
  intent: 'none',
  headers,
}));

const own = Object.entries(prefixes).map(([variant, prefix]): Attempt => ({
  variant: `a token of our own key, ${variant}`,
  credential: { kind: 'forged', recipe: { signature: { by: 'foreign-key' } } },
  place: { header: 'Authorization', prefix },
  over: 'bytes',
}));

const attempts = [...own.slice(0, 1), ...spelled, ...own.slice(1)];

export const authorizationSpelling: Probe = {
  id: 'authorization-spelling',
  family: 'transport',
  title: 'An Authorization header in an odd spelling',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 1, full: 16 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key', 'other-scheme'],
  breach: 'Two parts of the way read the header differently: what one takes for a checked token the other does not even see.',
  fix: 'Refuse malformed header lines with 400 at the first hop (RFC 9112 section 5.1), and treat an unreadable token as none.',
  refs: ['RFC 9112 section 5.1', 'RFC 9110 section 5.5', 'CVE-2019-18802', 'CWE-436'],
};
