import { intentOfStrange, type Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

/** The method of the rule as no sound client writes it. Methods that write are left alone: they would write. */
function attempts(endpoint: Endpoint): Attempt[] {
  const { method } = endpoint;
  const intent = intentOfStrange(endpoint);
  if (method !== 'GET' && method !== 'HEAD') return [];
  const spellings: Readonly<Record<string, string>> = {
    'lower case': method.toLowerCase(),
    'first letter large': `${method.charAt(0)}${method.slice(1).toLowerCase()}`,
    'a tab behind it': `${method}\t`,
    'a letter more': `${method}X`,
    'a line break before it': `\r\n${method}`,
    'a blank before it': ` ${method}`,
    'a word that nobody knows': 'KYMAGUARD',
  };
  return Object.entries(spellings).map(([variant, spelled]) => ({
    variant,
    method: spelled,
    credential: { kind: 'none' },
    over: 'bytes',
    intent,
  }));
}

export const methodSpelling: Probe = {
  id: 'method-spelling',
  family: 'method',
  title: 'The method, spelled otherwise',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 0, full: 7 },
  refusals: [405, 501],
  evidence: 'control',
  twins: ['no-token', 'method-not-exposed'],
  breach: 'The check compares the method letter by letter, the workload does not: another spelling passes by the check.',
  fix: 'Refuse methods that are not written in capitals, and protect by path, not by method.',
  refs: ['RFC 9110 section 9.1', 'CWE-178', 'CWE-436'],
};
