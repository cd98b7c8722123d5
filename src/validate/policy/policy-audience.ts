import type { Finding, ObjectRule, Subject } from '../rule';
import { exampleIssuer } from '../rules/security/example-issuer';
import { apiRuleKind, tokenRulesOf, type TokenRule } from '../rules/security/token-rules-of';
import type { Policy, RequiredAudiences } from './policy';
import { matchesIssuer } from './policy-pattern';

/** Rules that take tokens which the issuer made for others. */
export function policyAudience({ requiredAudiences = [] }: Policy): ObjectRule {
  return {
    id: 'policy-audience',
    layer: 'security',
    severity: 'high',
    title: 'Rules ask for the audiences that the organisation demands of an issuer',
    why: 'An issuer serves many applications. Without the audience, a token that was made for any of them opens this one, too.',
    fix: 'Add the audience to every entry of authorizations: one entry that lacks it is enough to get in.',
    refs: ['RFC 8725 section 3.9', 'docs/validate.md, policy'],
    bad: exampleIssuer('https://id.example.com/realms/main', 'https://id.example.com/realms/main/keys', '[{ requiredScopes: [read] }]'),
    good: exampleIssuer('https://id.example.com/realms/main', 'https://id.example.com/realms/main/keys', '[{ audiences: [orders] }]'),
    kinds: apiRuleKind,
    check: (subject) => tokenRulesOf(subject.manifest).flatMap((rule) => findings(rule, requiredAudiences, subject)),
  };
}

function findings(rule: TokenRule, required: readonly RequiredAudiences[], { manifest }: Subject): Finding[] {
  const demanded = required.filter(({ issuer: pattern }) => rule.issuers.some(({ issuer }) => matchesIssuer(pattern, issuer)));
  const alternatives = rule.demands.length === 0 ? [{ audiences: [], path: rule.path }] : rule.demands;
  return demanded.flatMap((demand) =>
    alternatives
      .filter(({ audiences }) => !isMet(demand, audiences))
      .map(({ audiences, path }) => ({ manifest, path, message: `${asked(audiences)}; the policy demands ${wanted(demand)}` })),
  );
}

function isMet({ audiences, match }: RequiredAudiences, asked: readonly string[]): boolean {
  return match === 'all' ? audiences.every((audience) => asked.includes(audience)) : audiences.some((audience) => asked.includes(audience));
}

function asked(audiences: readonly string[]): string {
  return audiences.length === 0 ? 'asks for no audience' : `asks for the audience ${audiences.join(', ')}`;
}

function wanted({ audiences, match, issuer }: RequiredAudiences): string {
  const [only] = audiences;
  const named = audiences.length === 1 ? (only ?? '') : `${match === 'all' ? 'all' : 'one'} of ${audiences.join(', ')}`;
  return `${named} of tokens from ${issuer}`;
}
