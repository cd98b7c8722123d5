import type { ObjectRule } from '../../rule';
import { exampleIssuer } from './example-issuer';
import { apiRuleKind, tokenRulesOf } from './token-rules-of';

const [issuer, keys] = ['https://shop.accounts.ondemand.com', 'https://shop.accounts.ondemand.com/oauth2/certs'];

export const jwtScopeNoClaim: ObjectRule = {
  id: 'jwt-scope-no-claim',
  layer: 'security',
  severity: 'medium',
  also: { info: 'when other issuers of the rule may carry scopes' },
  title: 'Scopes are asked for where tokens carry scopes',
  why: 'Tokens of some providers have no scope claim at all, so a rule with requiredScopes refuses every one of them with 403.',
  fix: 'Ask for the audience instead, and decide about rights in the workload or with an authorizer.',
  refs: ['SAP Cloud Identity Services documentation, OpenID Connect, token claims', 'Google documentation, OpenID Connect, ID token'],
  bad: exampleIssuer(issuer, keys, '[{ requiredScopes: [read] }]'),
  good: exampleIssuer(issuer, keys, '[{ audiences: [orders] }]'),
  kinds: apiRuleKind,
  check: ({ manifest }) =>
    tokenRulesOf(manifest).flatMap(({ issuers, demands }) => {
      const without = issuers.filter(({ known }) => known?.scopes === 'none');
      const [first] = without;
      if (!first?.known) return [];
      const nobody = without.length === issuers.length;
      const message = `no token of ${first.known.name} carries scopes, so ${nobody ? 'nobody gets in here' : 'its callers never get in here'}; ask for an audience`;
      return demands
        .filter(({ scopes }) => scopes.length > 0)
        .map(({ path }) => ({
          manifest,
          path: [...path, 'requiredScopes'],
          message,
          // Scopes may be meant for the other issuers of the rule.
          ...(!nobody && { severity: 'info' as const }),
        }));
    }),
};
