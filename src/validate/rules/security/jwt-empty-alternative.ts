import type { ObjectRule } from '../../rule';
import { exampleIssuer } from './example-issuer';
import { apiRuleKind, tokenRulesOf } from './token-rules-of';

const [issuer, keys] = ['https://id.example.com/realms/main', 'https://id.example.com/keys'];

export const jwtEmptyAlternative: ObjectRule = {
  id: 'jwt-empty-alternative',
  layer: 'security',
  severity: 'high',
  title: 'No alternative of a rule makes the others void',
  why: 'Authorizations are alternatives: one of them is enough. An empty one is met by every valid token, so what the others ask for never counts.',
  fix: 'Remove the empty entry, or move its members into the entry that they belong to.',
  refs: ['Kyma documentation, APIRule, jwt, Configure Authorizations', 'CWE-863'],
  bad: exampleIssuer(issuer, keys, '[{ audiences: [orders] }, {}]'),
  good: exampleIssuer(issuer, keys, '[{ audiences: [orders] }, { audiences: [shop] }]'),
  kinds: apiRuleKind,
  check: ({ manifest }) =>
    tokenRulesOf(manifest).flatMap(({ demands }) => {
      const empty = demands.filter(({ audiences, scopes }) => audiences.length === 0 && scopes.length === 0);
      if (empty.length === demands.length) return [];
      const message =
        'asks for nothing, so every valid token gets in and the other authorizations never count; it should ask for something';
      return empty.map(({ path }) => ({ manifest, path, message }));
    }),
};
