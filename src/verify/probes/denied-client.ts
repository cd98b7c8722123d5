import type { Endpoint } from '../endpoint';
import type { Probe } from '../probe';

const editRule = 'Give the rule the audience or the scopes that its callers must have (jwt.authorizations of the APIRule).';
const compare = 'Check that the APIRule is Ready, that its AuthorizationPolicies select the Pods, and that the workload itself compares';

/** A rule that asks for something is well as it is: what it asks for is not compared. */
function fixFor({ jwt }: Endpoint): string {
  const alternatives = jwt?.authorizations ?? [];
  const asked = alternatives.flatMap(({ audiences, requiredScopes }) => [
    ...audiences.map((audience) => `audience ${audience}`),
    ...requiredScopes.map((scope) => `scope ${scope}`),
  ]);
  const asksNothing = alternatives.some(({ audiences, requiredScopes }) => audiences.length + requiredScopes.length === 0);
  if (asked.length === 0 || asksNothing) return editRule;
  return `The rule asks for ${[...new Set(asked)].join(', ')}, and what the token lacks of it is not compared. ${compare} aud and scopes where it looks at tokens.`;
}

export const deniedClient: Probe = {
  id: 'denied-client',
  family: 'claims',
  title: 'The valid token of a client that must be refused',
  claim: 'protected',
  severity: 'high',
  impact: 'safe',
  profile: 'smoke',
  needs: ['deny-credentials'],
  core: false,
  per: 'endpoint',
  attempts: [{ variant: 'deny-credentials', credential: { kind: 'denied' } }],
  budget: { smoke: 1, standard: 1, full: 1 },
  everyToken: true,
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key'],
  breach: 'A client that must be refused gets in with its own valid token.',
  fix: `${editRule} Where it asks for them already: ${compare.charAt(0).toLowerCase()}${compare.slice(1)} them where it looks at tokens.`,
  fixFor,
  refs: ['RFC 8725 section 3.9', 'OWASP API5:2023', 'CWE-863'],
};
