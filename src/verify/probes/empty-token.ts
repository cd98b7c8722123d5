import type { Endpoint } from '../endpoint';
import type { Attempt, Probe } from '../probe';

const placeholders = ['', 'null', 'undefined', '""', '{}', '0'];

/** What stands there instead of a token: in the places where the rule reads tokens, and in the usual one. */
function attempts({ jwt }: Endpoint): Attempt[] {
  const trusts = jwt?.authentications ?? [];
  const headers = trusts.flatMap(({ fromHeaders = [] }) => fromHeaders.flatMap(({ name, prefix = '' }) => inHeader(name, prefix)));
  const parameters = trusts.flatMap(({ fromParams = [] }) => fromParams.flatMap(inParameter));
  const own = unique([...headers, ...parameters]);
  const usual = inHeader('Authorization', 'Bearer ');
  return own.length === 0 ? usual : unique([...own.slice(0, 3), ...usual.slice(0, 1), ...own.slice(3), ...usual.slice(1)]);
}

function inHeader(name: string, prefix: string): Attempt[] {
  const values = [...new Set([prefix.trimEnd(), '', prefix, ...placeholders.map((text) => `${prefix}${text}`)])];
  return values.map((value) => ({
    variant: value === '' ? `empty ${name}` : `${name}: ${value.trimEnd()}${value.endsWith(' ') ? ' and a blank' : ''}`,
    credential: { kind: 'none' },
    headers: [[name, value]],
  }));
}

function inParameter(name: string): Attempt[] {
  return placeholders.map((text) => ({
    variant: text === '' ? `empty parameter ${name}` : `parameter ${name}: ${text}`,
    credential: { kind: 'none' },
    query: `${encodeURIComponent(name)}=${encodeURIComponent(text)}`,
  }));
}

function unique(attempts: readonly Attempt[]): Attempt[] {
  return [...new Map(attempts.map((attempt) => [attempt.variant, attempt])).values()];
}

export const emptyToken: Probe = {
  id: 'empty-token',
  family: 'token',
  title: 'An empty or placeholder token',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: true,
  per: 'endpoint',
  attempts,
  budget: { smoke: 0, standard: 4, full: 16 },
  twins: ['no-token'],
  breach: 'A header without any token opens the route: whoever checks only that it is there lets everybody in.',
  fix: 'Refuse a request whose Authorization header holds no token in the same way as one without the header.',
  refs: ['CWE-306', 'CWE-636'],
};
