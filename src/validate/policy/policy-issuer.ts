import type { ObjectRule } from '../rule';
import { exampleIssuer } from '../rules/security/example-issuer';
import { issuersOf, kindsWithIssuers } from '../rules/security/token-rules-of';
import type { Policy } from './policy';
import { matchesIssuer } from './policy-pattern';

/** Issuers that the organisation does not know, in APIRules and in hand-made RequestAuthentications. */
export function policyIssuer({ allowedIssuers }: Policy): ObjectRule {
  return {
    id: 'policy-issuer',
    layer: 'security',
    severity: 'high',
    title: 'Only issuers that the organisation allows are trusted',
    why: 'Whoever runs an issuer decides who gets in; one more issuer is one more party that can write tokens for every user and scope.',
    fix: 'Name an issuer of the policy, or have this one added to allowedIssuers.',
    refs: ['RFC 8725 section 3.8', 'docs/validate.md, policy'],
    bad: exampleIssuer('https://id.elsewhere.example.net', 'https://id.elsewhere.example.net/keys'),
    good: exampleIssuer('https://id.example.com/realms/main', 'https://id.example.com/realms/main/keys'),
    kinds: kindsWithIssuers,
    check: ({ manifest }) =>
      allowedIssuers === undefined
        ? []
        : issuersOf(manifest)
            .filter(({ issuer }) => !allowedIssuers.some((pattern) => matchesIssuer(pattern, issuer)))
            .map(({ issuer, path }) => ({
              manifest,
              path: [...path, 'issuer'],
              message: `${JSON.stringify(issuer)} is no issuer that the policy allows; ${allowed(allowedIssuers)}`,
            })),
  };
}

/** The list of a policy, as the end of a sentence. */
function allowed(patterns: readonly string[]): string {
  return patterns.length === 0 ? 'it allows none' : `it allows ${patterns.join(', ')}`;
}
