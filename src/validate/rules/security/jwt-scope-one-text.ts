import type { ObjectRule } from '../../rule';
import { exampleIssuer } from './example-issuer';
import { apiRuleKind, tokenRulesOf } from './token-rules-of';

const [issuer, keys] = ['https://login.microsoftonline.com/3c1f/v2.0', 'https://login.microsoftonline.com/3c1f/discovery/v2.0/keys'];

export const jwtScopeOneText: ObjectRule = {
  id: 'jwt-scope-one-text',
  layer: 'security',
  severity: 'medium',
  also: { low: 'when some callers still get in' },
  title: 'Scopes that a token carries as one text are not asked for one by one',
  why: 'Entra ID writes all scopes into scp as one text with spaces, and Istio splits only scope and permission: two required scopes never match, and one matches only in tokens without any other.',
  fix: 'Ask for the audience, and check scopes in the workload; or let the application registration issue app roles.',
  refs: ['Istio source, space-delimited claims', 'Microsoft identity platform, access token claims, scp'],
  bad: exampleIssuer(issuer, keys, '[{ requiredScopes: [Orders.Read, Orders.Write] }]'),
  good: exampleIssuer(issuer, keys, '[{ audiences: ["api://orders"] }]'),
  kinds: apiRuleKind,
  check: ({ manifest }) =>
    tokenRulesOf(manifest).flatMap(({ issuers, demands }) => {
      const affected = issuers.filter(({ known }) => known?.scopes === 'one-text');
      const [first] = affected;
      if (!first?.known) return [];
      const { name } = first.known;
      const everybody = affected.length === issuers.length;
      return demands
        .filter(({ scopes }) => scopes.length > 0)
        .map(({ path, scopes }) => ({
          manifest,
          path: [...path, 'requiredScopes'],
          message:
            scopes.length > 1
              ? `tokens of ${name} carry scopes as one text, which never equals one of ${scopes.length} scopes; ask for an audience`
              : `tokens of ${name} carry scopes as one text, so those with a further scope are refused; ask for an audience`,
          ...(!(everybody && scopes.length > 1) && { severity: 'low' as const }),
        }));
    }),
};
